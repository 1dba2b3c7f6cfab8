#!/usr/bin/python3
"""Scenes 4 and 5: the district receives, reads, returns and chooses; the province receives, appraises, asks; the Party
Office answers; the Council gives its opinion and the Chairman decides. All through the widgets, on the practice data,
over a real endpoint on loopback."""
import gettext
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import BUILD, SOURCE, Program, Tap, keys, seconds, shot, write

CATALOGUE = gettext.translation('thidua', os.environ.get('TD_LOCALEDIR', BUILD / 'po'), ['vi'], fallback=True)


def said(text):
    """What the screen says for a string of the sources."""
    return CATALOGUE.gettext(text).replace('_', '')


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


class Practice:
    """A fresh endpoint with the sample dossiers in it, and a data base for each desk."""

    def __init__(self):
        self.folder = driver.work_folder()
        self.log = open(self.folder / 'log', 'w', encoding='utf-8')
        port = free_port()
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

    def answers(self):
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            return opener.open(f'{self.url}/v1/hello', timeout=2).status == 200
        except OSError:
            return False

    def close(self):
        self.endpoint.terminate()
        self.endpoint.wait(10)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


PRACTICE = None
WINDOW = None


def desk(name):
    """One window at a time: the keyboard goes to the only one there is."""
    global WINDOW
    if WINDOW is not None:
        WINDOW.says(said('Everything is sent'))
        WINDOW.close()
    WINDOW = Program(PRACTICE.folder / f'{name}.db').start()
    WINDOW.go(4)


def point(node):
    x, y, width, height = node.queryComponent().getExtents(0)
    subprocess.run(['xdotool', 'mousemove', str(x + width // 2), str(y + height // 2), 'click', '1'], check=True,
                   timeout=20)
    time.sleep(.4)


def like(role, text, limit=20):
    """GTK 4.8 gives a button with a mnemonic its label twice: a part of the name must do."""
    for _ in seconds(limit):
        for node in WINDOW.walk():
            try:
                if node.getRoleName() == role and text in node.name.replace('_', '') and driver.visible(node):
                    return node
            except Exception:
                continue
    raise AssertionError(f'not seen in {limit} s: {role} with “{text}”')


def boxes(name):
    for node in WINDOW.walk():
        try:
            if node.getRoleName() == 'check box' and node.name == name and driver.visible(node):
                yield node
        except Exception:
            continue


def tick(name, which=0):
    """A list that was filled anew meanwhile has other widgets: look again. GTK 4.8 calls what another part of the
    window hides visible too: @which tells the first list from the last."""
    for _ in seconds(20, .5):
        found = list(boxes(name))
        if not found:
            continue
        node = found[which]
        try:
            if node.getState().contains(driver.pyatspi.STATE_CHECKED):
                return
            point(node)
        except Exception:
            continue
    raise AssertionError(f'can’t tick “{name}”')


def choose(name):
    tick(said('Choose %s') % name)


def choose_only(name):
    """A click on the row itself leaves the others."""
    label = WINDOW.wait('label', name)
    point(label)
    choose(name)


def done(verb, name):
    return said('Done: %s. %s') % (verb, name)


def mode(name):
    point(like('push button', said(name)))


def opened():
    """The dialog of a step is there: nothing else has its button."""
    like('push button', said('_Cancel'), 10)
    time.sleep(.5)


def accept():
    keys('ctrl+Return')
    for _ in seconds(15):
        try:
            like('push button', said('_Cancel'), .1)
        except AssertionError:
            return
    raise AssertionError('the dialog is still open')


def second_choice():
    """In the list of choices that has the focus, what stands below “not chosen yet”."""
    keys('space', 'Down', 'Return')


# ---- scene 4: the district -----------------------------------------------------------------


def district_receives():
    desk('district')
    choose('Kim Thị Bỏ Sót')
    keys('ctrl+shift+n')
    WINDOW.says(said('%s since %s') % ('Đã tiếp nhận', '08/07/2025'))
    shot('review-received')


def district_reads_the_scan():
    keys('F9')
    point(like('push button', said('Do_wnload')))
    WINDOW.says(said('Page %d of %d') % (1, 1))
    shot('review-scan')
    keys('F9')


def district_returns():
    keys('ctrl+shift+t')
    opened()
    keys('ctrl+Return')
    WINDOW.says(said('Write the reason: the unit reads it and knows what to correct.'))
    write('Bo sung chuc vu')
    keys('ctrl+Return')
    WINDOW.says(said('Tick at least one field: only the ticked ones open for correction.'))
    write('chuc vu')
    time.sleep(1)
    tick(said('Position'))
    accept()
    WINDOW.says(f'{said("Returned")} 1')
    shot('review-returned')


def commune_sees_why():
    desk('commune')
    WINDOW.go(3)
    point(WINDOW.says('Công chức Tư pháp - Hộ tịch'))
    keys('Return')
    WINDOW.says('Bo sung chuc vu')
    shot('review-commune')


def district_chooses():
    desk('district')
    mode('Cho_osing')
    tick(said('Put %s into the submission') % 'Lâm Văn Đối Chiếu')
    WINDOW.says(said('Persons proposed: %d of %d').split('%d')[0])
    shot('review-choosing')


def district_leaves_out():
    mode('Sent _up to this desk')
    choose('Lâm Văn Đối Chiếu')
    keys('ctrl+shift+k')
    opened()
    write('Chua co sang kien')
    accept()
    WINDOW.says(f'{said("Left out")} 1')


# ---- scene 5: the province -----------------------------------------------------------------


def board_asks():
    desk('board')
    choose('Đảng bộ Sở Y tế')
    keys('ctrl+shift+y')
    opened()
    WINDOW.says('Văn phòng Tỉnh ủy')
    accept()
    WINDOW.says(done('Lấy ý kiến', 'Đảng bộ Sở Y tế'))


def board_appraises():
    if WINDOW is None:
        desk('board')
    choose_only('Triệu Văn Doanh')
    keys('ctrl+shift+m')
    opened()
    second_choice()
    accept()
    shot('review-appraised')


def party_office_answers():
    time.sleep(2)
    desk('party')
    choose('Đảng bộ Sở Y tế')
    keys('ctrl+shift+o')
    opened()
    second_choice()
    accept()
    WINDOW.says(done('Rà soát', 'Đảng bộ Sở Y tế'))
    time.sleep(3)


def board_goes_to_the_council():
    desk('board')
    choose('Triệu Văn Doanh')
    keys('ctrl+shift+h')
    WINDOW.says(f'{said("Council")} 1')


def council_agrees():
    mode('Counci_l')
    for name, text in (('Number of the minutes', '12/BB-HDTDKT'), ('Day of the meeting', '08/07/2025')):
        point(like('text', said(name)))
        keys('ctrl+a')
        write(text)
        keys('Tab')
    # The members come from the roster; one of them belongs to the nominee's enterprise.
    point(like('push button', said('All _present')))
    WINDOW.says(said('Present: %d of %d. %s').split('%d')[0] + '9')
    aside = said('Members who stood aside')
    if not any(WINDOW.text_of(aside) == 'Hồ Văn Đại Diện' for _ in seconds(10)):
        raise AssertionError('nobody stands aside')
    point(like('push button', said('Choose a_ll')))
    point(like('push button', said('All present in _favour')))
    time.sleep(1)
    shot('review-council')
    point(like('push button', said('_Agree to propose')))
    WINDOW.says(done('Cho ý kiến', 'Triệu Văn Doanh'))


def chairman_decides():
    mode('_Chairman, decision')
    tick(said('Choose %s') % 'Triệu Văn Doanh', -1)
    fill('_Number of the submission paper', '45/TTr-SNV')
    point(like('push button', 'Trình Chủ tịch'))
    WINDOW.says(done('Trình Chủ tịch', 'Triệu Văn Doanh'))
    fill('_Number of the decision', '1020/QD-UBND')
    fill('_Signed by', 'Tran Van Mau')
    point(like('push button', 'Quyết định'))
    WINDOW.says(done('Quyết định', 'Triệu Văn Doanh'))
    shot('review-decided')


def fill(label, text):
    point(like('text', said(label)))
    keys('ctrl+a')
    write(text)


STEPS = [
    ('the district receives a dossier', district_receives),
    ('it reads a scan beside the fields', district_reads_the_scan),
    ('it returns the dossier with a reason and a field', district_returns),
    ('the commune reads the reason', commune_sees_why),
    ('the district chooses within its quota', district_chooses),
    ('it leaves one out and says why', district_leaves_out),
    ('the board asks the Party Office', board_asks),
    ('meanwhile it appraises another dossier', board_appraises),
    ('the Party Office answers from its own desk', party_office_answers),
    ('the board submits to the Council', board_goes_to_the_council),
    ('the Council agrees', council_agrees),
    ('the Chairman decides', chairman_decides),
]


def main():
    global PRACTICE
    missing = driver.missing_tools()
    if missing:
        print(f'1..0 # SKIP not installed: {", ".join(missing)}')
        return
    driver.start_accessibility()
    PRACTICE = Practice()
    tap = Tap(len(STEPS))
    try:
        for name, step in STEPS:
            tap.step(name, step)
            if tap.failed and os.environ.get('TD_DUMP'):
                shot(f'failed-{tap.count}')
    finally:
        if WINDOW is not None:
            WINDOW.close()
        PRACTICE.close()
    tap.done()


if __name__ == '__main__':
    main()
