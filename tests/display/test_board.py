#!/usr/bin/python3
"""Scene 5: the board receives, asks the Party Office and returns one nominee down to the commune while the rest goes on."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, shot, write
from office import play, said, second_choice

COMMUNE, DISTRICT, AN = 'Đảng bộ xã Vị Thủy', 'Đảng bộ huyện Vị Thủy', 'Nguyễn Thị An'
PAPERS, REASON = 'Tài liệu kèm theo', 'Bao cao thieu xac nhan'


def board_receives(office):
    window = office.desk('board')
    for name in (COMMUNE, AN, DISTRICT):
        window.choose(name)
    keys('ctrl+shift+n')
    window.sent()
    window.shows('Đã tiếp nhận', times=3)
    shot('board-received')


def board_asks(office):
    window = office.window
    window.choose_only(DISTRICT)
    window.take('ctrl+shift+y')
    window.shows('Rà soát: chờ')


def board_returns_one(office):
    window = office.window
    window.choose_only(AN)
    keys('ctrl+shift+t')
    window.opened()
    write(REASON)
    window.tick(PAPERS)
    window.accept()
    window.says(f'{said("Returned")} 1')
    shot('board-returned')


def board_goes_on(office):
    window = office.window
    for name, unit in ((COMMUNE, 'Xã Vị Thủy'), (DISTRICT, 'Huyện Vị Thủy')):
        window.choose_only(name)
        keys('ctrl+shift+m')
        window.opened()
        second_choice()
        window.accept()
        window.shows(unit, 'Thẩm định: đạt')


def party_office_answers(office):
    window = office.desk('party')
    window.choose(DISTRICT)
    keys('ctrl+shift+o')
    window.opened()
    second_choice()
    window.accept()
    window.sent()
    shot('board-party')


def board_reads_the_answer(office):
    window = office.desk('board')
    window.shows('Thẩm định: đạt', 'Rà soát: đồng ý')
    shot('board-answered')


def district_passes_it_down(office):
    window = office.desk('district')
    window.choose(AN)
    window.says(REASON)
    keys('ctrl+shift+t')
    window.opened()
    write(REASON)
    window.tick(PAPERS)
    window.accept()
    window.says(f'{said("Returned")} 1')


def commune_gets_it_back(office):
    """Only the papers are open."""
    window = office.desk('commune', 3)
    window.open_dossier(AN)
    window.says(REASON)
    window.wait('push button', said('Remove the scan'))
    for name in ('Họ và tên', 'Chức vụ', 'Thành tích'):
        if window.is_open(name):
            raise AssertionError(f'not named, but open: {name}')
    shot('board-commune')
    office.endpoint.verify()


STEPS = [
    ('the board receives', board_receives),
    ('it asks the Party Office', board_asks),
    ('it returns one nominee', board_returns_one),
    ('meanwhile it appraises the others', board_goes_on),
    ('the Party Office answers from its own desk', party_office_answers),
    ('the board reads the answer', board_reads_the_answer),
    ('the district passes the returned one down', district_passes_it_down),
    ('the commune may correct its papers and nothing else', commune_gets_it_back),
]


if __name__ == '__main__':
    play('handed-in', STEPS)
