#!/usr/bin/python3
"""A district writes a notice to one of its communes by mouse and keyboard; the commune reads it and says so; the
district sees who has read it."""
import os
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
import test_review as review
from driver import Program, Tap, keys, shot, write
from test_review import like, said

TITLE = 'Don doc gui bao cao'
PLACE = 6


def desk(name):
    if review.WINDOW is not None:
        review.WINDOW.says(said('Everything is sent'))
        review.WINDOW.close()
    review.WINDOW = Program(review.PRACTICE.folder / f'{name}.db').start()
    review.WINDOW.go(PLACE)


def press(text, role='push button'):
    like(role, text).queryAction().doAction(0)
    time.sleep(.4)


def begins_a_notice():
    desk('district')
    window = review.WINDOW
    press(said('_Write'))
    press(said('_Notice, urging'), 'menu item')
    window.type(said('Title'), TITLE)
    window.says(TITLE)


def will_not_send_half():
    press(said('_Send'))
    review.WINDOW.says(said('A title and a text are needed. Type them and send it again.'))
    keys('Escape')


def names_the_commune():
    window = review.WINDOW
    window.type(said('Search for a unit'), 'xa vi thuy')
    time.sleep(1)
    window.point(like('check box', 'Xã Vị Thủy'))
    window.says('1 đơn vị: Xã Vị Thủy')


def sends_it():
    window = review.WINDOW
    window.type(said('Text'), 'De nghi gui bao cao truoc ngay 10/7/2025.')
    press(said('_Send'))
    window.says(said('Send it?'))
    keys('Return')
    window.says('Đã đọc 0/1')
    keys('F5')
    window.says(said('Everything is sent'))
    shot('circulars-sent')


def commune_reads():
    desk('commune')
    window = review.WINDOW
    window.says(TITLE)
    keys('Home')
    window.point(like('list item', TITLE))
    window.says('De nghi gui bao cao truoc ngay 10/7/2025.')
    press(said('_Mark as read'))
    window.gone('push button', said('_Mark as read'))
    keys('F5')
    window.says(said('Everything is sent'))


def district_sees_who_read():
    desk('district')
    window = review.WINDOW
    keys('F5')
    press(said('_Sent'))
    window.point(like('list item', TITLE))
    window.says('Đã đọc 1/1')
    window.says('Đã đọc ngày 08/07/2025')
    shot('circulars-read')


STEPS = [
    ('a notice is begun from the menu', begins_a_notice),
    ('half a notice is not sent', will_not_send_half),
    ('its addressee is found without tones', names_the_commune),
    ('it is sent', sends_it),
    ('the commune reads it and says so', commune_reads),
    ('the district sees who has read it', district_sees_who_read),
]


def main():
    missing = driver.missing_tools()
    if missing:
        print(f'1..0 # SKIP not installed: {", ".join(missing)}')
        return
    driver.start_accessibility()
    review.PRACTICE = review.Practice()
    tap = Tap(len(STEPS))
    try:
        for name, step in STEPS:
            tap.step(name, step)
            if tap.failed and os.environ.get('TD_DUMP'):
                shot(f'failed-{tap.count}')
    finally:
        if review.WINDOW is not None:
            review.WINDOW.close()
        review.PRACTICE.close()
    tap.done()


if __name__ == '__main__':
    main()
