#!/usr/bin/python3
"""Steps that stand behind the others: who is in charge, a step taken back, the day a paper came."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, shot, write
from office import play, said

COMMUNE, DISTRICT = 'Đảng bộ xã Vị Thủy', 'Đảng bộ huyện Vị Thủy'
BOARD = 'Ban Thi đua - Khen thưởng, Sở Nội vụ'
CLERK, REASON, PAPER = 'Pham Van Thu Ly', 'Phan cong nham', '77/UBND-NV'


def history(window):
    window.point(window.like('page tab', said('Pro_gress')))


def board_receives(office):
    window = office.desk('board')
    window.choose(DISTRICT)
    keys('ctrl+shift+n')
    window.shows('Đã tiếp nhận từ ngày')
    history(window)


def board_assigns(office):
    window = office.window
    window.other_step('Phân công')
    write(CLERK)
    shot('acts-assign')
    window.accept()
    window.shows(CLERK)


def board_undoes(office):
    window = office.window
    window.other_step('Hủy bước')
    write(REASON)
    shot('acts-undo')
    window.accept()
    window.shows(f'Hủy bước - {BOARD}')
    window.shows(REASON)
    shot('acts-undone')


def board_attests(office):
    window = office.window
    window.choose_only(COMMUNE)
    window.other_step('Ghi nhận ngày nhận')
    write(PAPER)
    window.fill('_Day it came', '04/07/2025')
    window.fill('_Time it came', '14h05')
    shot('acts-attest')
    window.accept()
    window.shows(PAPER)
    shot('acts-attested')
    window.sent()
    office.endpoint.verify()


STEPS = [
    ('the board receives', board_receives),
    ('it says who is in charge', board_assigns),
    ('it takes the step back and says why', board_undoes),
    ('it writes down when a paper came', board_attests),
]


if __name__ == '__main__':
    play('handed-in', STEPS)
