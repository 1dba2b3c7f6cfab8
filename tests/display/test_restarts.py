#!/usr/bin/python3
"""Scene 6: windows are killed, closed and opened again, with the endpoint up or down. What was done is there, and “sent”
is said only of what the endpoint has."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, shot
from office import play, said

AN, BINH = 'Nguyễn Thị An', 'Trần Văn Bình'
POSITION = 'Pho Chu tich Hoi'


def waits(window):
    window.says(said('Waiting to be sent'))
    if window.lines(said('Everything is sent')):
        raise AssertionError('said to be sent without an endpoint')


def commune_edits_without_a_line(office):
    office.endpoint.down()
    window = office.desk('commune', 3)
    window.open_dossier(AN)
    window.type('Chức vụ', POSITION)
    keys('Tab')
    window.says(said('Saved'))
    window.kill()


def commune_finds_its_words(office):
    window = office.again('commune', 3)
    window.open_dossier(AN)
    if window.text_of('Chức vụ') != POSITION:
        raise AssertionError(f'after the kill: “{window.text_of("Chức vụ")}”')
    window.ask('Trình', said('Hand the dossier in again?'))
    waits(window)
    shot('restarts-waits')
    window.close()


def commune_still_waits(office):
    window = office.again('commune', 3)
    waits(window)
    window.kill()


def goes_when_the_line_is_back(office):
    office.endpoint.up()
    window = office.again('commune', 3)
    window.sent()
    window.close()
    office.endpoint.verify()


def district_acts_without_a_line(office):
    window = office.again('district')
    window.shows(POSITION)
    window.sent()
    office.endpoint.down()
    window.choose_only(BINH)
    window.take('ctrl+shift+k', 'Chua du thoi gian cong tac')
    waits(window)
    window.kill()


def district_finds_its_step(office):
    window = office.again('district')
    waits(window)
    shot('restarts-district')
    office.endpoint.up()
    keys('F5')
    window.sent()
    window.says(f'{said("Left out")} 1')
    window.kill()
    office.endpoint.verify()


def commune_is_told(office):
    window = office.again('commune', 3)
    window.sent()
    window.like('label', said('Left out'))
    shot('restarts-told')


STEPS = [
    ('the commune edits without a line and is killed', commune_edits_without_a_line),
    ('it finds its words and hands in without a line', commune_finds_its_words),
    ('opened again it still waits, and is killed', commune_still_waits),
    ('when the line is back it goes by itself', goes_when_the_line_is_back),
    ('the endpoint goes down, the district takes a step and is killed', district_acts_without_a_line),
    ('it finds its step and sends it', district_finds_its_step),
    ('the commune is told', commune_is_told),
]


if __name__ == '__main__':
    play('returned', STEPS)
