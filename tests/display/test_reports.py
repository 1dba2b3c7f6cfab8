#!/usr/bin/python3
"""A commune's own awards, works and final report: typed, counted, and put into a folder for the e-mail."""
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import Program, Tap, keys, seconds, shot, write


class Reports:
    def __init__(self, folder):
        self.folder = folder
        self.program = Program(folder / 'commune.db')
        self.into = folder / 'goi'
        self.into.mkdir()

    def begins(self):
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

    def sees_the_gate(self):
        program = self.program
        program.go(5)
        program.says('chưa phát động')
        shot('reports-ledger')
        program.type('Ngày phát động', '15/7/2024')
        keys('Tab')
        program.says('Chưa ghi văn bản')

    def adds_an_award_and_a_work(self):
        program = self.program
        keys('alt+e')
        time.sleep(.7)
        write('Giay khen')
        keys('Tab')
        write('3')
        keys('Tab')
        write('12')
        keys('Tab')
        keys('alt+r')
        time.sleep(.7)
        write('Cau ap 4')
        keys('Tab')
        write('Ap 4')
        keys('Tab', 'Tab', 'Tab')
        write('850.000.000')
        keys('Tab')
        program.says('Đã lưu')
        shot('reports-rows')

    def writes_the_report(self):
        program = self.program
        keys('alt+g')
        time.sleep(.7)
        program.says('850.000.000')
        program.says('Cá nhân được khen theo thẩm quyền')
        shot('reports-final')
        program.type('I. Tình hình triển khai đợt thi đua', 'Thieu kinh phi')
        program.says('Đã lưu')
        shot('reports-sections')

    def prepares_the_package(self):
        program = self.program
        keys('alt+u')
        program.wait(None, 'Chọn nơi đặt gói gửi thư điện tử')
        time.sleep(.5)
        keys('ctrl+l')
        time.sleep(.4)
        keys('ctrl+a')
        write(str(self.into))
        time.sleep(.5)
        keys('Return')
        program.says('Chương trình không tự gửi')
        shot('reports-mail')
        made = self.into / 'bao-cao-tong-ket-xa-vi-thuy'
        for _ in seconds(5):
            if (made / 'du-lieu.json').exists():
                break
        html = (made / 'bao-cao-tong-ket-xa-vi-thuy.html').read_text(encoding='utf-8')
        if 'Thieu kinh phi' not in html or '850.000.000' not in html:
            raise AssertionError('the document lacks what was typed')
        keys('Escape')
        program.gone(None, 'Gửi báo cáo qua thư điện tử')


def main():
    if driver.missing_tools():
        print('1..0 # SKIP', ', '.join(driver.missing_tools()))
        return
    driver.start_accessibility()
    folder = driver.work_folder()
    scene = Reports(folder)
    tap = Tap(5)
    try:
        for step in (scene.begins, scene.sees_the_gate, scene.adds_an_award_and_a_work, scene.writes_the_report,
                     scene.prepares_the_package):
            tap.step(step.__name__.replace('_', ' '), step)
    finally:
        scene.program.close()
        shutil.rmtree(folder, ignore_errors=True)
    tap.done()


main()
