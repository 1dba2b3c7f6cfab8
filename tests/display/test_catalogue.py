#!/usr/bin/python3
"""The board keeps its catalogue: it corrects the result of a project's target, which is still there after a restart, and
sees which units of a block have not registered."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
import test_review as review
from driver import Program, Tap, keys, shot, write
from test_review import like, point, said

PROJECT = 'Đề án (hư cấu) nâng cao chất lượng chăm sóc sức khỏe ban đầu giai đoạn 2021 - 2025'
RESULT = said('Result of the target “%s”') % 'Số giường bệnh trên một vạn dân'


def open_board():
    review.WINDOW = Program(review.PRACTICE.folder / 'board.db').start()
    review.WINDOW.go(9)


def open_project():
    point(review.WINDOW.says(PROJECT))
    review.WINDOW.field(RESULT)


def board_edits_a_target():
    open_board()
    shot('catalogue-projects')
    open_project()
    review.WINDOW.type(RESULT, '34,25')
    keys('Tab')
    shot('catalogue-project')
    review.WINDOW.kill()
    open_board()
    open_project()
    value = review.WINDOW.text_of(RESULT)
    if value != '34,25':
        raise AssertionError(f'the result is “{value}”')


def board_sees_who_lacks():
    keys('alt+Left')
    point(like('push button', said('Ur_ging')))
    review.WINDOW.says('Huyện Phụng Hiệp')
    point(like('push button', said('All blocks')))
    keys('Down', 'Return')
    review.tick(said('Choose %s') % 'Huyện Phụng Hiệp')
    review.WINDOW.says(said('%u of %u chosen') % (1, 8))
    shot('catalogue-urging')


STEPS = [
    ('the board corrects a target of a project', board_edits_a_target),
    ('it sees which units of a block lack what', board_sees_who_lacks),
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
                shot(f'catalogue-failed-{tap.count}')
    finally:
        if review.WINDOW is not None:
            review.WINDOW.close()
        review.PRACTICE.close()
    tap.done()


if __name__ == '__main__':
    main()
