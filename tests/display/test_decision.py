#!/usr/bin/python3
"""Scene 5: the Council, the Chairman’s decision and the award; commune and district see how far it is, who, when and why."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, shot
from office import play, said

COMMUNE, DISTRICT = 'Đảng bộ xã Vị Thủy', 'Đảng bộ huyện Vị Thủy'
BOARD, CLERK = 'Ban Thi đua - Khen thưởng, Sở Nội vụ', 'Lâm Thị Thẩm Định'
CHOOSE = said('Choose the dossiers in the list: those the Council agreed to go to the Chairman with a paper, those at the '
              'Chairman get his decision, decided ones the award.')
DECISION, SIGNER, PLACE = '1020/QD-UBND', 'Tran Van Mau', 'Hoi truong tinh'


def board_goes_to_the_council(office):
    window = office.desk('board')
    window.choose(COMMUNE)
    window.choose(DISTRICT)
    keys('ctrl+shift+h')
    window.says(f'{said("Council")} 2')


def council_agrees(office):
    window = office.window
    window.mode('Counci_l')
    window.fill('Number of the minutes', '12/BB-HDTDKT')
    window.fill('Day of the meeting', '08/07/2025')
    keys('Tab')
    window.press(said('All _present'))
    window.says(said('Present: %d of %d. %s').split('%d')[0])
    window.press(said('Choose a_ll'))
    window.press(said('All present in _favour'))
    shot('decision-council')
    window.press(said('_Agree to propose'))
    window.gone('push button', said('_Agree to propose'))


def chairman_decides(office):
    window = office.window
    keys('alt+q')
    window.says(CHOOSE)
    for name in (COMMUNE, DISTRICT):
        window.tick(said('Choose %s') % name, -1)
    window.fill('_Number of the submission paper', '45/TTr-SNV')
    window.press('Trình Chủ tịch')
    window.fill('_Number of the decision', DECISION)
    window.fill('_Signed by', SIGNER)
    shot('decision-form')
    window.press('Quyết định')
    window.shows(said('Decided'), times=2)
    shot('decision-decided')
    window.sent()


def sees_the_steps(window):
    """Who, when and why, but no opinion within the board."""
    for step in ('Trình', 'Tiếp nhận', 'Trình Hội đồng', 'Cho ý kiến', 'Trình Chủ tịch', 'Quyết định'):
        window.shows(f'{step}')
    window.shows(f'- {BOARD}', times=5)
    window.shows(CLERK, '/20', DECISION, SIGNER)
    if window.lines('Thẩm định -') or window.lines('Rà soát -'):
        raise AssertionError('opinions of the board are shown')


def commune_sees_it(office):
    window = office.desk('commune', 3)
    window.shows(said('Decided'))
    window.open_dossier(COMMUNE)
    window.point(window.like('page tab', said('Pro_gress')))
    sees_the_steps(window)
    shot('decision-commune')


def district_sees_it(office):
    window = office.desk('district')
    window.mode('Handed _on')
    window.choose(COMMUNE)
    window.point(window.like('page tab', said('Pro_gress')))
    sees_the_steps(window)
    shot('decision-district')


def board_hands_over(office):
    window = office.desk('board', 0)
    window.point(window.like('label', COMMUNE))
    window.press(said('Record _handing over…'))
    window.opened()
    window.fill('_Place', PLACE)
    shot('decision-award')
    window.accept()
    window.shows(said('Handed over'))
    shot('decision-roll')


def commune_reads_the_roll(office):
    window = office.desk('commune', 0)
    window.shows(DECISION)
    window.shows(said('Handed over'))
    window.shows(PLACE)
    office.endpoint.verify()


STEPS = [
    ('the board submits to the Council', board_goes_to_the_council),
    ('the Council agrees', council_agrees),
    ('the Chairman decides', chairman_decides),
    ('the commune sees who, when and why', commune_sees_it),
    ('so does the district', district_sees_it),
    ('the award is handed over', board_hands_over),
    ('the commune reads it on its roll', commune_reads_the_roll),
]


if __name__ == '__main__':
    play('appraised', STEPS)
