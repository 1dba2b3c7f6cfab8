#!/usr/bin/python3
"""A finding that only a person can decide: the board answers it with its appraisal; who, when and why stand there ever after."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, seconds, shot, write
from office import play, said, second_choice

COMMUNE, RULE = 'Đảng bộ xã Vị Thủy', 'Xếp loại tổ chức Đảng năm 2020 - 2024'
ASKS, PASSED = 'Kết quả xếp loại kế thừa của Xã Vị Thủy cũ', 'Thẩm định: đạt'
FIELD, CLERK = said('Answer to “%s”') % RULE, 'Lâm Thị Thẩm Định'
CHECKED = said('Chec_k')
WORDS = 'Xa cu dong dang vien hon, cong nhan ket qua'


def holds(window):
    for _ in seconds(20):
        if window.text_of(FIELD) == WORDS:
            return
    raise AssertionError(f'“{window.text_of(FIELD)}” is in the field')


def read_findings(window):
    window.choose(COMMUNE)
    window.point(window.like('page tab', CHECKED))


def stands_answered(window):
    """One line says whose words these are, of when, and what they are."""
    window.shows(said('Board: %s') % CLERK, '/20', WORDS)


def board_is_asked(office):
    window = office.desk('board')
    read_findings(window)
    window.shows(ASKS, 'Cần thẩm định')
    window.shows('Cần thẩm định: 1')
    window.like('page tab', said("Chec_k (%u)").replace("%u", "1"))
    window.focus(window.field(FIELD))
    write(WORDS)
    holds(window)
    shot('manual-typed')


def typed_words_outlive_a_kill(office):
    time.sleep(1)
    office.window.kill()
    window = office.again('board')
    read_findings(window)
    holds(window)


def board_appraises(office):
    window = office.window
    keys('ctrl+shift+m')
    window.opened()
    second_choice()
    shot('manual-step')
    window.accept()
    window.shows('Xã Vị Thủy', PASSED)
    window.like('page tab', CHECKED)
    stands_answered(window)
    window.sent()
    shot('manual-answered')
    if window.lines('Cần thẩm định: 1'):
        raise AssertionError('what is answered still counts as open')


def answer_outlives_a_restart(office):
    window = office.desk('board')
    read_findings(window)
    stands_answered(window)
    office.endpoint.verify()


def route_is_not_told(office):
    """Opinions within the board are its own; that a person had to decide is seen."""
    window = office.desk('commune', 3)
    window.open_dossier(COMMUNE)
    window.shows(ASKS)
    if window.lines(WORDS):
        raise AssertionError('an opinion of the board is shown to the commune')


STEPS = [
    ('the board is asked and types an answer', board_is_asked),
    ('what is typed outlives a kill', typed_words_outlive_a_kill),
    ('it is given with the appraisal: who, when, why', board_appraises),
    ('it stands after a restart', answer_outlives_a_restart),
    ('the commune is told the question, not the opinion', route_is_not_told),
]


if __name__ == '__main__':
    play('inherited', STEPS)
