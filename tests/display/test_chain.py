#!/usr/bin/python3
"""Scene 4: the commune corrects what the district named; the district sees what changed, chooses and hands in."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, shot
from office import play, said

COMMUNE, DISTRICT = 'Đảng bộ xã Vị Thủy', 'Đảng bộ huyện Vị Thủy'
AN, BINH = 'Nguyễn Thị An', 'Trần Văn Bình'


def hand_in_again(window):
    window.ask('Trình', said('Hand the dossier in again?'))
    window.sent()
    window.says('Đã trình')


# ---- the commune corrects what was named, the district sees it -------------------------------


def commune_corrects(office):
    window = office.desk('commune', 3)
    window.open_dossier(AN)
    window.says('Ghi lại chức vụ')
    if not window.is_open('Chức vụ'):
        raise AssertionError('the named field is closed')
    for name in ('Họ và tên', 'Ngày sinh', 'Nơi công tác', 'Thành tích'):
        if window.is_open(name):
            raise AssertionError(f'not named, but open: {name}')
    window.type('Chức vụ', 'Pho Chu tich Hoi')
    keys('Tab')
    window.says(said('Saved'))
    shot('chain-corrects')


def commune_sends_back(office):
    hand_in_again(office.window)
    shot('chain-sent-back')


def district_sees_the_change(office):
    window = office.desk('district')
    window.choose(AN)
    keys('ctrl+shift+n')
    window.says(said('Changed. Before: %s') % 'Chủ tịch Hội')
    window.says('Pho Chu tich Hoi')
    shot('chain-changed')


# ---- the district chooses and hands in -----------------------------------------------------------


def district_leaves_one_out(office):
    window = office.window
    window.choose_only(BINH)
    window.take('ctrl+shift+k', 'Chua du thoi gian cong tac')
    window.says(f'{said("Left out")} 1')


def district_chooses(office):
    window = office.window
    window.mode('Cho_osing')
    for name in (COMMUNE, AN, DISTRICT):
        window.tick(said('Put %s into the submission') % name)
    window.says('Số cá nhân đề nghị: 1/12')
    shot('chain-chosen')


def district_hands_in(office):
    window = office.window
    window.mode('Open the sub_mission…')
    window.says(said('Dossiers that go up'))
    shot('chain-letter')
    window.ask('Trình', said('Hand in to the next level?'))
    window.says(said('Handed in; letter and list are closed'))
    window.sent()


STEPS = [
    ('the commune corrects only the named fields', commune_corrects),
    ('it sends the dossier back', commune_sends_back),
    ('the district sees what changed', district_sees_the_change),
    ('it leaves one out and says why', district_leaves_one_out),
    ('it chooses within its quota', district_chooses),
    ('it hands in to the province', district_hands_in),
]


if __name__ == '__main__':
    play('returned', STEPS)
