#!/usr/bin/python3
"""A commune that was merged: its new desk reads the ledger from before and takes its ratings over, by keyboard."""
import json
import os
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import Program, Tap, keys, shot, write

DATA = pathlib.Path(os.environ.get('TD_DATADIR', driver.SOURCE / 'data'))


def merge(units):
    """Xã Vị Thủy and Xã Vĩnh Tường become Xã Vị Thủy mới."""
    text = json.loads(units.read_text(encoding='utf-8'))
    rows = {row['code']: row for row in text['units']}
    new = dict(rows['31447'], code='vi-thuy-moi', name='Vị Thủy mới', fullName='Xã Vị Thủy mới', validFrom='2025-07-05')
    for code in ('31447', '31459'):
        rows[code].update(validTo='2025-07-04', successor='vi-thuy-moi')
    text['units'].append(new)
    units.write_text(json.dumps(text, ensure_ascii=False), encoding='utf-8')


class Former:
    def __init__(self, folder):
        self.data = folder / 'data'
        for name in ('campaigns', 'units'):
            shutil.copytree(DATA / name, self.data / name)
        self.program = Program(folder / 'commune.db', {'TD_DATADIR': str(self.data)})

    def writes_before(self):
        program = self.program.start()
        program.focus(program.wait('entry', 'Tìm đơn vị'))
        write('xa vi thuy')
        program.says('Xã Vị Thủy')
        time.sleep(.4)
        keys('Return')
        program.says('Đã chọn: Xã Vị Thủy')
        program.type('Họ và tên', 'Tran Thi Hoa')
        program.type('Chức vụ', 'Chuyen vien')
        keys('alt+b')
        program.says('Việc cần làm')
        program.go(5)
        program.type('Ngày phát động', '15/7/2024')
        keys('Tab')
        program.says('Chưa ghi văn bản')
        program.type('Quyết định xếp loại năm 2020', '12-QD/HU')
        keys('Tab')
        program.says('Đã lưu')
        program.close()

    def reads_after(self):
        merge(self.data / 'units' / 'hau-giang-2024.json')
        program = self.program.start()
        program.says('Máy này nay làm việc cho Xã Vị Thủy mới')
        program.go(5)
        shot('former-page')
        keys('alt+c')
        program.wait(None, 'Sổ theo dõi trước sắp xếp')
        program.says('Xã Vị Thủy, đến hết ngày 04/07/2025')
        program.says('15/07/2024')
        shot('former-window')

    def takes_events_over(self):
        """The launch stands at the gate of the new unit; a second time takes nothing."""
        program = self.program
        keys('alt+p')
        program.says('Đã đưa 1 nội dung vào sổ của đơn vị')
        keys('alt+p')
        program.says('Không có nội dung mới để đưa vào')
        shot('former-events')

    def takes_ratings_over(self):
        program = self.program
        keys('alt+k')
        program.says('Đã ghi kết quả xếp loại vào sổ của đơn vị')
        shot('former-inherited')
        keys('Escape')
        program.gone(None, 'Sổ theo dõi trước sắp xếp')
        if program.text_of('Ngày phát động') != '15/07/2024':
            raise AssertionError('the launch does not stand in the ledger')
        if program.text_of('Kế thừa kết quả xếp loại của') != 'Xã Vị Thủy':
            raise AssertionError('the ledger does not say whose ratings these are')


def main():
    if driver.missing_tools():
        print('1..0 # SKIP', ', '.join(driver.missing_tools()))
        return
    driver.start_accessibility()
    folder = driver.work_folder()
    scene = Former(folder)
    tap = Tap(4)
    try:
        for step in (scene.writes_before, scene.reads_after, scene.takes_events_over,
                     scene.takes_ratings_over):
            tap.step(step.__name__.replace('_', ' '), step)
    finally:
        scene.program.close()
        shutil.rmtree(folder, ignore_errors=True)
    tap.done()


main()
