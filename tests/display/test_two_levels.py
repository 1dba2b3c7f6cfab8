#!/usr/bin/python3
"""A plan is only data: another plan, of two levels, is chosen in the first window; route, days and words are its own."""
import pathlib
import shutil
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import Program, Tap, keys, shot, write

PLAN = 'Phong trào thi đua thực hiện Nghị quyết Đại hội Đảng bộ các cấp năm 2026'
ROUTE = 'Xã Xà Phiên → Ban Thi đua - Khen thưởng, Sở Nội vụ thành phố Cần Thơ'
OF_THE_OTHER = ('11/7/2025', '11/07/2025', '19/07/2024', 'Phòng Nội vụ', 'Hậu Giang')


class TwoLevels:
    def __init__(self, folder):
        self.program = Program(folder / 'commune.db')

    def chooses_the_plan(self):
        program = self.program.start()
        program.point(program.says(PLAN))
        program.focus(program.wait('entry', 'Tìm đơn vị'))
        write('xa phien')
        program.says('Xã Xà Phiên')
        time.sleep(.4)
        keys('Return')
        program.says('Đã chọn: Xã Xà Phiên')
        program.type('Họ và tên', 'Tran Thi Hoa')
        program.type('Chức vụ', 'Chuyen vien')
        keys('alt+b')
        program.says('Việc cần làm')

    def has_its_own_days(self):
        program = self.program
        program.says(PLAN)
        for day in ('15/09/2025', '15/07/2026', '05/08/2026'):
            program.says(day)
        self.has_nothing_of_the_other()
        shot('two-levels-overview')

    def goes_straight_to_the_province(self):
        program = self.program
        program.go(2)
        program.says(ROUTE)
        self.has_nothing_of_the_other()
        program.type('Ngày phát động', '10/9/2025')
        keys('Tab')
        program.says('Đã lưu')
        shot('two-levels-registration')

    def keeps_it_after_a_restart(self):
        self.program.close()
        program = self.program.start()
        program.says(PLAN)
        program.go(5)
        program.says('10/09/2025')
        self.has_nothing_of_the_other()

    def has_nothing_of_the_other(self):
        for node in self.program.walk():
            try:
                if not driver.visible(node):
                    continue
                for words in OF_THE_OTHER:
                    if words in node.name:
                        raise AssertionError(f'of the other plan: “{node.name}”')
            except AssertionError:
                raise
            except Exception:  # a list was filled anew while we looked
                continue


def main():
    if driver.missing_tools():
        print('1..0 # SKIP', ', '.join(driver.missing_tools()))
        return
    driver.start_accessibility()
    folder = driver.work_folder()
    scene = TwoLevels(folder)
    tap = Tap(4)
    try:
        for step in (scene.chooses_the_plan, scene.has_its_own_days, scene.goes_straight_to_the_province,
                     scene.keeps_it_after_a_restart):
            tap.step(step.__name__.replace('_', ' '), step)
    finally:
        scene.program.close()
        shutil.rmtree(folder, ignore_errors=True)
    tap.done()


main()
