#!/usr/bin/python3
"""Two persons of one name: the district reads that they are two, and says so; the province grants an exception. All
through the widgets, on practice data in which two nominees of two communes have one name and birth date."""
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
import test_review as review
from driver import SOURCE, Tap, keys, shot, write
from test_review import accept, choose, desk, like, opened, point, said

SAMPLE = 'tests/data/sample-dossiers.json'
DOUBLE, OTHER = 'Đặng Thị Hoà', 'Đặng Thị Hòa'  # one name, written in two ways
WAIVED = 'Triệu Văn Doanh'


def sample_with_a_double():
    """The sample dossiers, but two persons of the commune have one name and birth date, and one of an enterprise is
    no Party member."""
    sample = json.loads((SOURCE / SAMPLE).read_text(encoding='utf-8'))
    people = {dossier.get('name'): dossier for dossier in sample['dossiers']}
    for before, now in (('Kim Thị Bỏ Sót', DOUBLE), ('Lâm Văn Đối Chiếu', OTHER)):
        people[before].update(name=now, birthDate='1975-10-28')
    people[WAIVED].update(partyMember=False, ratings={})
    folder = driver.work_folder()
    (folder / 'tests/data').mkdir(parents=True)
    (folder / SAMPLE).write_text(json.dumps(sample, ensure_ascii=False), encoding='utf-8')
    (folder / 'data').symlink_to((SOURCE / 'data').resolve())
    return folder


def check():
    """The findings of the dossier that is chosen."""
    point(like('page tab', said('Chec_k')))


def district_sees_the_double():
    desk('district')
    choose(DOUBLE)
    check()
    review.WINDOW.says('Trùng họ tên và ngày sinh')
    shot('doubles-found')


def district_compares():
    point(like('push button', said('Compare with the dossier of %s…').split('%s')[0]))
    review.WINDOW.says(said('Compare two dossiers'))
    shot('doubles-compare')
    keys('Escape')


def district_clears():
    point(like('push button', 'Đã xem, không trùng…'))
    opened()
    keys('ctrl+Return')
    review.WINDOW.says('“Lý do')
    write('Hai so dinh danh khac nhau')
    shot('doubles-dialog')
    accept()
    review.WINDOW.says('Hai so dinh danh khac nhau')
    shot('doubles-cleared')


def board_waives():
    desk('board')
    choose(WAIVED)
    check()
    point(like('push button', 'Xét đặc cách…'))
    opened()
    write('Cong nhan co sang kien lon')
    shot('doubles-waive')
    accept()
    review.WINDOW.says('Cong nhan co sang kien lon')
    shot('doubles-waived')


STEPS = [
    ('the district is told of two of one name', district_sees_the_double),
    ('it reads them side by side', district_compares),
    ('it says that they are two persons, and why', district_clears),
    ('the board grants an exception, and why', board_waives),
]


def main():
    missing = driver.missing_tools()
    if missing:
        print(f'1..0 # SKIP not installed: {", ".join(missing)}')
        return
    driver.start_accessibility()
    folder = sample_with_a_double()
    review.SOURCE = folder
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
        review.shutil.rmtree(folder, ignore_errors=True)
    tap.done()


if __name__ == '__main__':
    main()
