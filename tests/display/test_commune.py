#!/usr/bin/python3
"""Scenes 2 and 3: a commune begins without a line, fills its ledger, makes dossiers, sees the live check, loses power,
and hands in; the line comes later, is lost, and comes back."""
import os
import pathlib
import re
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import BUILD, SOURCE, Program, Tap, keys, seconds, shot, write

UNIT = '31447'  # Xã Vị Thủy
OTHER = '31441'  # Thị trấn Nàng Mau
EVENTS = {
    'Ngày phát động': '15/7/2024', 'Văn bản phát động': 'KH 12-KH/UBND',
    'Ngày ban hành kế hoạch thực hiện': '16/7/2024', 'Số kế hoạch thực hiện': '13/KH-UBND',
    'Ngày sơ kết': '20/1/2025', 'Văn bản sơ kết': '5/BC-UBND',
    'Ngày tổng kết': '1/7/2025', 'Văn bản tổng kết': '50/BC-UBND',
}
LETTER = {
    'Số Tờ trình': '15/TTr-UBND', 'Ngày Tờ trình': '7/7/2025', 'Quyền hạn của người ký': 'TM. UBND',
    'Chức vụ của người ký': 'CHU TICH', 'Người ký': 'Nguyen Van A',
}
MINUTES = {
    'Số Biên bản': '3/BB', 'Ngày Biên bản': '6/7/2025', 'Chủ trì cuộc họp': 'Nguyen Van A', 'Thư ký': 'Le Thi B',
    'Số thành viên có mặt': '9', 'Tổng số thành viên': '9',
}


class Endpoint:
    """A real endpoint on loopback whose line can be cut and restored."""

    def __init__(self, folder):
        self.folder, self.process, self.port = folder, None, '0'
        (folder / 'endpoint').mkdir()

    def command(self, *more):
        return [str(BUILD / 'app/endpoint/thidua-endpoint'), '--data', str(self.folder / 'endpoint'),
                '--campaign', str(SOURCE / 'data/campaigns/hau-giang-2025.json'),
                '--units', str(SOURCE / 'data/units/hau-giang-2024.json'), '--today', '2025-07-08', *more]

    def up(self):
        place = self.folder / 'port'
        place.unlink(missing_ok=True)
        self.process = subprocess.Popen(self.command('--port', self.port, '--port-file', str(place)),
                                        stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        for _ in seconds(20):
            if place.exists() and place.read_text().strip():
                self.port = place.read_text().strip()
                return
        raise AssertionError('the endpoint did not start')

    def down(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def code(self, unit=UNIT):
        done = subprocess.run(self.command('--make-code', unit, 'OL'), capture_output=True, text=True, timeout=30)
        return re.findall(r'\S+', done.stdout)[-1]

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'


def equal(found, wanted):
    if found != wanted:
        raise AssertionError(f'“{found}” instead of “{wanted}”')


class Commune:
    def __init__(self, folder):
        self.folder = folder
        self.endpoint = Endpoint(folder)
        self.program = Program(folder / 'commune.db')
        driver.small_pdf(folder / 'bao-cao.pdf')

    # ---- scene 2 --------------------------------------------------------------------------

    def begins_without_a_line(self):
        program = self.program.start()
        program.focus(program.wait('entry', 'Tìm đơn vị'))
        write('long my')
        program.says('Huyện Long Mỹ')
        program.says('Thị xã Long Mỹ')
        keys('ctrl+a')
        write('xa vi thuy')
        program.says('Xã Vị Thủy')
        time.sleep(.4)
        keys('Return')
        program.says('Đã chọn: Xã Vị Thủy')
        program.type('Họ và tên', 'Tran Thi Hoa')
        program.type('Chức vụ', 'Chuyen vien')
        shot('commune-first-run')
        keys('alt+b')
        program.says('Việc cần làm')
        program.says('Chưa kết nối: mọi dữ liệu được lưu trên máy này.')

    # ---- scene 3 --------------------------------------------------------------------------

    def types_the_ledger(self):
        program = self.program
        program.go(5)
        for name, text in EVENTS.items():
            program.type(name, text)
        program.says('Đã lưu')
        shot('commune-ledger')

    def keeps_every_word(self):
        program = self.program
        program.type('Lý do khi đơn vị không có thẩm quyền khen thưởng', 'Xa khong co tham quyen')
        time.sleep(1)
        program.kill()
        program.start()
        program.go(5)
        equal(program.text_of('Lý do khi đơn vị không có thẩm quyền khen thưởng'), 'Xa khong co tham quyen')
        equal(program.text_of('Ngày phát động'), '15/07/2024')

    def keeps_what_cannot_be_read(self):
        program = self.program
        program.type('Ngày sơ kết', 'thang gieng')
        keys('Tab')
        program.says('không phải là ngày')
        program.kill()
        program.start()
        program.go(5)
        equal(program.text_of('Ngày sơ kết'), 'thang gieng')
        program.type('Ngày sơ kết', '20/1/2025')
        keys('Tab')
        time.sleep(.5)
        equal(program.text_of('Ngày sơ kết'), '20/01/2025')

    def adds_a_target(self):
        program = self.program
        program.go(2)
        keys('alt+u')
        time.sleep(.7)
        write('Thu ngan sach')
        keys('Tab')
        write('ty dong')
        keys('Tab', 'Tab')
        write('12,5')
        keys('Tab')
        write('12')
        keys('Tab')
        write('14,2')
        keys('Tab')
        write('30/6/2025')
        keys('Tab')
        program.says('Kết quả thực hiện chỉ tiêu “Thu ngan sach”')
        equal(program.text_of('Kế hoạch của chỉ tiêu “Thu ngan sach”'), '12,5')
        equal(program.text_of('Ngày có kết quả của chỉ tiêu “Thu ngan sach”'), '30/06/2025')
        shot('commune-targets')

    def makes_dossiers(self):
        program = self.program
        program.go(3)
        program.says('Chưa có hồ sơ')
        keys('alt+t')
        program.wait('text', 'Tên tập thể')
        equal(program.text_of('Tên tập thể'), 'Đảng bộ xã Vị Thủy')
        shot('commune-collective')
        keys('alt+Left')
        time.sleep(.6)
        keys('alt+c')
        program.wait('text', 'Họ và tên')
        program.type('Họ và tên', 'Nguyen Thi Hoa')
        program.type('Ngày sinh', '2/9/1975')
        program.type('Số định danh cá nhân', '093175000123')
        program.type('Chức vụ', 'Pho Chu tich')
        self.choose('Đảng viên', 1)
        for year in range(2020, 2025):
            self.choose(f'Xếp loại năm {year}', 1)
        self.choose('Chấp hành pháp luật của cá nhân', 1)
        program.says('Đã lưu')

    def choose(self, name, steps):
        """A choice by keyboard: open it, go down, take it."""
        program = self.program
        program.focus(program.wait('combo box', name))
        keys('space')
        time.sleep(.3)
        keys(*['Down'] * steps, 'Return')
        time.sleep(.3)

    def sees_the_live_check(self):
        program = self.program
        program.says('Hồ sơ thiếu báo cáo thành tích')
        shot('commune-check')

    def attaches_a_scan(self):
        program = self.program
        keys('alt+p')
        program.wait(None, 'Chọn bản quét')
        time.sleep(.5)
        keys('ctrl+l')
        time.sleep(.4)
        keys('ctrl+a')
        write(str(self.folder / 'bao-cao.pdf'))
        time.sleep(.5)
        keys('Return')
        program.says('bao-cao.pdf')
        self.missing('Hồ sơ thiếu báo cáo thành tích của Nguyen Thi Hoa')
        shot('commune-scan')

    def missing(self, text):
        for _ in seconds(10):
            if not any(text in (node.name or '') for node in self.program.walk()):
                return
        raise AssertionError(f'still on the screen: “{text}”')

    def a_finding_leads_to_its_field(self):
        self.follow_finding('Hồ sơ thiếu báo cáo thành tích', 'Loại tài liệu')

    def a_finding_leads_to_another_page(self):
        """From the collective's dossier to the unit's ledger and back."""
        program = self.program
        keys('alt+Left')
        time.sleep(.6)
        keys('Home', 'Return')
        program.wait('text', 'Tên tập thể')
        self.follow_finding('Chưa có xác nhận việc chấp hành', 'Chấp hành chủ trương của Đảng, pháp luật của Nhà nước')
        program.says('Phát động và kế hoạch')
        program.go(3)
        keys('alt+Left')
        time.sleep(.6)
        keys('End', 'Return')
        program.wait('text', 'Ngày sinh')

    def follow_finding(self, text, field):
        program = self.program
        row = next((node for _ in seconds(10) for node in program.walk() if node.getRoleName() == 'list item'
                    and text in node.name and driver.visible(node)), None)
        if row is None:
            raise AssertionError(f'no finding says “{text}”')
        program.point(row)
        for _ in seconds(5):
            if field in focused(program):
                return
        raise AssertionError(f'the focus is at {focused(program)}')

    def prepares_the_letter(self):
        program = self.program
        program.go(3)
        keys('alt+Left')
        time.sleep(.5)
        keys('alt+b')
        check = program.wait('check box', 'Trình cùng Tờ trình này: Nguyen Thi Hoa')
        program.point(check)
        time.sleep(.6)
        for name, text in {**LETTER, **MINUTES}.items():
            program.type(name, text)
        shot('commune-letter')
        program.says('Đã lưu')

    def may_become_another_unit(self):
        """A code of another unit offers the change; without a yes everything stays as it is."""
        program = self.program
        self.endpoint.up()
        program.go(7)
        program.says('Chưa kết nối')
        program.type('Địa chỉ trung tâm', self.endpoint.url)
        program.type('Mã kết nối', self.endpoint.code(OTHER))
        keys('alt+i')
        program.says('Đổi đơn vị?', 40)
        shot('commune-other-unit')
        keys('Escape')
        program.says('Mã này cấp cho đơn vị khác: Thị trấn Nàng Mau.')
        program.go(3)
        program.says('Nguyen Thi Hoa')

    def connects_later(self):
        program = self.program
        program.go(7)
        program.says('Chưa kết nối')
        program.type('Mã kết nối', self.endpoint.code())
        keys('alt+i')
        program.says('(luyện tập)', 40)
        program.says('Đã gửi hết', 40)
        shot('commune-connected')

    def hands_in_without_a_line(self):
        program = self.program
        self.endpoint.down()
        program.go(3)
        time.sleep(.5)
        button = program.wait('push button', 'Trình')
        if not button.getState().contains(driver.pyatspi.STATE_SENSITIVE):
            raise AssertionError('handing in is closed: ' + ' | '.join(self.reasons()))
        button.queryAction().doAction(0)
        program.says('Trình lên cấp trên?')
        time.sleep(.5)
        keys('Return')
        program.says('chờ gửi')
        keys('alt+Left')
        program.says('Chờ gửi')
        shot('commune-waiting')

    def reasons(self):
        return [node.name for node in self.program.walk() if node.getRoleName() == 'label' and driver.visible(node)
                and len(node.name) > 40]

    def goes_by_itself(self):
        program = self.program
        self.endpoint.up()
        keys('F5')
        program.says('Đã gửi hết', 60)
        program.says('Đã trình')
        shot('commune-sent')

    def survives_another_kill(self):
        program = self.program
        program.kill()
        program.start()
        program.go(3)
        program.says('Nguyen Thi Hoa')
        program.says('Đã trình')
        program.go(8)
        program.says('Trình')
        shot('commune-journal')

    def close(self):
        self.program.close()
        self.endpoint.down()


def focused(program):
    """Names of what has the focus: GTK says it of each window."""
    return ' '.join(f'{node.parent.name} {node.name}' for node in program.walk()
                    if node.getState().contains(driver.pyatspi.STATE_FOCUSED))


STEPS = ['begins_without_a_line', 'types_the_ledger', 'keeps_every_word', 'keeps_what_cannot_be_read',
         'adds_a_target', 'makes_dossiers', 'sees_the_live_check', 'a_finding_leads_to_its_field',
         'a_finding_leads_to_another_page', 'attaches_a_scan', 'prepares_the_letter', 'may_become_another_unit',
         'connects_later', 'hands_in_without_a_line', 'goes_by_itself', 'survives_another_kill']


def main():
    if driver.missing_tools():
        print('1..0 # SKIP ' + ', '.join(driver.missing_tools()) + ' missing')
        return
    driver.start_accessibility()
    tap = Tap(len(STEPS))
    commune = Commune(driver.work_folder())
    try:
        for step in STEPS:
            tap.step(step.replace('_', ' '), getattr(commune, step))
    finally:
        commune.close()
        errors = [line for line in open(str(commune.program.database) + '.log', encoding='utf-8')
                  if 'CRITICAL' in line]
        for line in errors[:10]:
            print('# ' + line.rstrip())
    tap.done()


main()
