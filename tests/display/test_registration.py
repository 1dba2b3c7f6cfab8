#!/usr/bin/python3
"""A commune pastes its targets from Excel, takes the valid rows and hands in its registration; the
district sees it in the merged table, receives it there and copies the table. On the practice data, over a real
endpoint on loopback."""
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import BUILD, SOURCE, Program, Tap, keys, seconds, shot

BASIS = 'Nghị quyết Đại hội Đảng bộ xã Vị Thủy'
TABLE = '\n'.join('\t'.join(cells) for cells in [
    ['STT', 'Chỉ tiêu', 'Đơn vị tính', 'Kế hoạch', 'Phấn đấu đến 30/6/2025', 'Căn cứ'],
    ['1', 'Diện tích cây ăn trái', 'ha', '1.250,5', '1.200', BASIS],
    ['2', 'Số hộ nghèo', 'hộ', 'chưa rõ', '115', BASIS],
]) + '\n'

# The same in the fonts of old: TCVN3 with a heading in Unicode, and some words in VNI.
OLD_TABLE = '\n'.join('\t'.join(cells) for cells in [
    ['STT', 'Chỉ tiêu', 'Đơn vị tính', 'Kế hoạch', 'Phấn đấu đến 30/6/2025', 'Căn cứ'],
    ['1', 'Tû lÖ ®\xadêng n«ng th«n ®\xadîc cøng hãa', '%', '95', '94',
     'NghÞ quyÕt §¹i héi §¶ng bé x· VÞ Thñy'],
]) + '\n'
OLD_WORDS = 'Soá 12 cuûa Ñaûng boä'

# A person's other program: it holds what was copied, or says what is in the clipboard.
OWNER = '''
import sys, gi
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, GLib, Gtk
Gtk.init()
clipboard = Gdk.Display.get_default().get_clipboard()
loop = GLib.MainLoop()
def read(source, result):
    sys.stdout.write(source.read_text_finish(result) or '')
    loop.quit()
if sys.argv[1] == 'hold':
    text = GLib.Bytes.new(sys.stdin.buffer.read())
    clipboard.set_content(Gdk.ContentProvider.new_for_bytes('text/plain;charset=utf-8', text))
    print('held', flush=True)
else:
    clipboard.read_text_async(None, read)
loop.run()
'''


class Practice:
    def __init__(self):
        self.folder = driver.work_folder()
        self.log = open(self.folder / 'log', 'w', encoding='utf-8')
        with socket.socket() as one:
            one.bind(('127.0.0.1', 0))
            port = one.getsockname()[1]
        self.url = f'http://127.0.0.1:{port}'
        (self.folder / 'endpoint').mkdir()
        self.endpoint = subprocess.Popen(
            [BUILD / 'app/endpoint/thidua-endpoint', '--dir', self.folder / 'endpoint', '--port', str(port),
             '--campaign', SOURCE / 'data/campaigns/hau-giang-2025.json',
             '--units', SOURCE / 'data/units/hau-giang-2024.json', '--today', '2025-07-08'],
            stdout=self.log, stderr=subprocess.STDOUT)
        if not any(self.answers() for _ in seconds(30)):
            raise AssertionError('the endpoint does not answer')
        subprocess.run([BUILD / 'app/desk/thidua-demo', '--dir', self.folder, '--endpoint', self.url,
                        '--sample', SOURCE / 'tests/data/sample-dossiers.json'],
                       check=True, stdout=self.log, stderr=subprocess.STDOUT, timeout=110)
        self.owner, self.window = None, None

    def answers(self):
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            return opener.open(f'{self.url}/v1/hello', timeout=2).status == 200
        except OSError:
            return False

    def desk(self, name):
        """One window at a time: the keyboard goes to the only one there is."""
        if self.window:
            self.window.says('Đã gửi hết', 40)
            self.window.close()
        self.window = Program(self.folder / f'{name}.db').start()
        self.window.go(2)
        return self.window

    def copy(self, text):
        self.owner = subprocess.Popen([sys.executable, '-c', OWNER, 'hold'], stdin=subprocess.PIPE,
                                      stdout=subprocess.PIPE)
        self.owner.stdin.write(text.encode())
        self.owner.stdin.close()
        self.owner.stdout.readline()

    def clipboard(self):
        return subprocess.run([sys.executable, '-c', OWNER, 'read'], capture_output=True, text=True, timeout=30).stdout

    def close(self):
        if self.window:
            self.window.close()
        if self.owner:
            self.owner.terminate()
            self.owner.wait(10)
        self.endpoint.terminate()
        self.endpoint.wait(10)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def like(window, roles, text, limit=20):
    """GTK 4.8 gives a button with a mnemonic its label twice: a part of the name must do."""
    for _ in seconds(limit):
        for node in window.walk():
            try:
                if node.getRoleName() in roles and text in node.name.replace('_', '') and driver.visible(node):
                    return node
            except Exception:  # it went away while we looked
                continue
    raise AssertionError(f'not seen in {limit} s: {roles} with “{text}”')


class Scene:
    def __init__(self):
        self.practice = Practice()

    def rows_are_pasted(self):
        window = self.practice.desk('commune')
        self.practice.copy(TABLE)
        # The button of the first table: the window's own Ctrl+V is for a table of a spreadsheet.
        like(window, ['push button'], 'Dán dòng từ Excel').queryAction().doAction(0)
        window.says('Có ô chưa đọc được')
        window.says('“chưa rõ” không phải là số')
        shot('registration-dry-run')
        like(window, ['push button'], 'Chỉ lấy dòng hợp lệ').queryAction().doAction(0)
        window.says('Đã dán 1 dòng')
        if window.text_of('Kế hoạch của chỉ tiêu “Diện tích cây ăn trái”') != '1.250,5':
            raise AssertionError('the plan is not what was pasted')
        shot('registration-pasted')

    def an_old_list_is_converted(self):
        window = self.practice.window
        self.practice.copy(OLD_TABLE)
        like(window, ['push button'], 'Dán dòng từ Excel').queryAction().doAction(0)
        window.says('Văn bản dùng bảng mã TCVN3 (ABC)')
        window.says('Nghị quyết Đại hội Đảng bộ xã Vị Thủy')
        shot('registration-old-list')
        like(window, ['push button'], 'Chuyển sang Unicode').queryAction().doAction(0)
        plan = 'Kế hoạch của chỉ tiêu “Tỷ lệ đường nông thôn được cứng hóa”'
        window.wait('text', plan)
        if window.text_of(plan) != '95':
            raise AssertionError('the plan is not what was pasted')

    def old_words_are_asked_about_in_a_field(self):
        window = self.practice.window
        field = 'Số kế hoạch thực hiện'
        self.practice.copy(OLD_WORDS)
        for answer, wanted in [('Hủy bỏ', ''), ('Chuyển sang Unicode', 'Số 12 của Đảng bộ')]:
            window.focus(window.field(field))
            keys('ctrl+a')
            keys('ctrl+v')
            window.says('Văn bản dùng bảng mã VNI')
            shot('registration-old-words')
            like(window, ['push button'], answer).queryAction().doAction(0)
            window.gone('label', 'Văn bản dùng bảng mã VNI')
            if not any(window.text_of(field) == wanted for _ in seconds(10)):
                raise AssertionError(f'“{wanted}” does not stand in the field')

    def the_registration_is_handed_in(self):
        window = self.practice.window
        window.wait('label', 'Trình').parent.queryAction().doAction(0)
        window.says('Trình đăng ký?')
        window.says('Phòng Nội vụ huyện Vị Thủy')
        time.sleep(.5)
        keys('Return')
        window.says('Đã gửi hết', 40)
        window.says('Đã trình')
        shot('registration-handed-in')

    def the_district_sees_it(self):
        window = self.practice.desk('district')
        window.point(like(window, ['radio button', 'toggle button', 'page tab', 'label'], 'Bảng tổng hợp đăng ký'))
        window.says('Đã đăng ký: 10/11 đơn vị; muộn: 1; chưa gửi: 1')
        window.says('Chưa gửi')
        window.says('Muộn 5 ngày')
        window.says('Đã trình')
        shot('registration-merged')

    def the_district_receives_it_there(self):
        window = self.practice.window
        window.point(like(window, ['label'], 'Đã trình'))
        window.wait('label', 'Tiếp nhận').parent.queryAction().doAction(0)
        window.says('Đã tiếp nhận 1 đăng ký')
        window.says('Đã tiếp nhận')

    def the_table_is_copied(self):
        window = self.practice.window
        like(window, ['push button'], 'Sao chép bảng').queryAction().doAction(0)
        window.says('Đã sao chép bảng')
        text = self.practice.clipboard()
        row = next((line for line in text.splitlines() if line.startswith('Xã Vị Thủy\t')), '')
        if 'Huyện Vị Thủy' not in row or 'Đã tiếp nhận' not in row:
            raise AssertionError(f'the clipboard says “{text[:200]}”')

    def close(self):
        self.practice.close()


STEPS = ['rows_are_pasted', 'an_old_list_is_converted', 'old_words_are_asked_about_in_a_field',
         'the_registration_is_handed_in', 'the_district_sees_it',
         'the_district_receives_it_there', 'the_table_is_copied']


def main():
    if driver.missing_tools():
        print('1..0 # SKIP ' + ', '.join(driver.missing_tools()) + ' missing')
        return
    driver.start_accessibility()
    tap = Tap(len(STEPS))
    scene = Scene()
    try:
        for step in STEPS:
            tap.step(step.replace('_', ' '), getattr(scene, step))
    finally:
        scene.close()
    tap.done()


main()
