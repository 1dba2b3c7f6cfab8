#!/usr/bin/python3
"""A commune without a line hands in by stick and reads its code over the telephone; the district notes the call, reads
the package before the centre has it, and is told that both match when its own line is back."""
import pathlib
import re
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import driver
from driver import keys, seconds, shot, write
from office import CATALOGUE, play, said

COMMUNE, CALL_DAY = 'Xã Vị Thủy', '07/07/2025'
CODE = re.compile(r'\d{3}( \d{3}){6}')


def only_window(office, name, place):
    """The window before had no line: it is closed with what waits."""
    if office.window is not None:
        office.window.close()
    return office.again(name, place)


def choose_file(window, path):
    """In the toolkit's own dialog, by the keyboard."""
    time.sleep(.8)
    keys('ctrl+l')
    time.sleep(.5)
    keys('ctrl+a')
    write(str(path))
    time.sleep(.6)
    keys('Return')
    time.sleep(.5)


def on_stick(office, pattern):
    found = sorted((office.folder / 'stick').glob(pattern))
    if not found:
        raise AssertionError(f'nothing on the stick is called {pattern}')
    return found[-1]


def click(window, roles, text):
    """Lists are filled anew while the line is tried: look again."""
    for _ in seconds(20, .3):
        for role in roles:
            try:
                window.point(window.like(role, text, .2))
                return
            except Exception:
                continue
    raise AssertionError(f'can’t click “{text}”')


def merged(window):
    """The table of the registrations from below."""
    window.go(2)
    click(window, ('radio button', 'toggle button', 'page tab', 'label'), said('Merged registrations'))


def by_letter(window, text):
    """Alt and the letter that is underlined, whatever the screen shows of the page. Without a window manager it takes a
    click to give the keyboard back after a dialog."""
    click(window, ['list item'], said('Exchange of data'))
    label = CATALOGUE.gettext(text)
    window.like('push button', label.replace('_', ''))
    keys('alt+' + label[label.index('_') + 1].lower())


def has_focus(window, role, text):
    """The node and its upper and lower edge; GTK says of each window what has the focus."""
    for node in window.walk():
        try:
            if (node.getRoleName() == role and text in node.name
                    and node.getState().contains(driver.pyatspi.STATE_FOCUSED)):
                _, y, _, height = node.queryComponent().getExtents(1)
                return node, y, y + height
        except Exception:  # a list was filled anew while we looked
            continue
    return None


def tab_to(window, text):
    """By Tab alone, wherever the focus is; it is in view there, and Enter presses it."""
    for _ in range(50):
        found = has_focus(window, 'push button', text)
        if found:
            if not 50 < found[1] < found[2] <= 768:
                raise AssertionError(f'“{text}” has the focus and is out of view: {found}')
            keys('Return')
            return
        keys('Tab')
    raise AssertionError(f'Tab does not lead to “{text}”')


def result_in_view(window):
    """What came of it can be read without scrolling, though the button was pressed by its letter."""
    for _ in seconds(10, .3):
        found = has_focus(window, 'list item', said('What came of it'))
        if found and 50 < found[1] < found[2] <= 768:
            return
    raise AssertionError(f'the result is out of view: {found}')


def code_of(window):
    for _ in seconds(20):
        for line in window.lines(said('Code to read out: %s').split('%s')[0]):
            found = CODE.search(line)
            if found:
                return found.group()
    raise AssertionError('no code to read out')


# ---- a machine begins with a file --------------------------------------------------------------------


def first_run_by_file(office):
    window = office.open('other')
    office.window = window
    window.fill('_Full name', 'Le Van Moi')
    window.focus(window.like('push button', said('_Enrol by file…')))
    choose_file(window, office.folder / 'stick' / 'district.db')
    window.says('tệp ghi danh')  # no such file there: it says so, and the page stays
    window.focus(window.like('push button', said('_Enrol by file…')))
    choose_file(window, on_stick(office, 'ghi-danh-31459.json'))
    window.says('Xã Vĩnh Tường')
    shot('stick-enrolled')


# ---- the commune hands in, and reads out its code -------------------------------------------------------


def commune_hands_in(office):
    window = only_window(office, 'commune', 2)
    window.ask('Trình', said('Hand in the registration?'))
    office.code = code_of(window)
    shot('stick-code')
    window.press(said('Copy the code'))
    window.says(said('The code is in the clipboard.'))


def commune_writes_the_package(office):
    window = office.window
    window.go(7)
    window.says(office.code)
    shot('stick-codes')
    by_letter(window, '_Write package…')
    choose_file(window, office.folder / 'stick')
    window.says('Đã ghi và đọc lại khớp')
    result_in_view(window)
    on_stick(office, '*.hsb')
    shot('stick-written')


# ---- the district's line is away too -------------------------------------------------------------------------


def district_notes_the_call(office):
    office.endpoint.down()
    window = only_window(office, 'district', 7)
    keys('F8')
    window.like('text', said('_Code that was read out'))
    time.sleep(.5)
    write('vi thuy')
    window.shows(COMMUNE)
    keys('Return')
    digits = office.code.replace(' ', '')
    wrong = digits[:4] + ('1' if digits[4] != '1' else '2') + digits[5:]
    window.fill('_Code that was read out', wrong[:12])
    window.says('Còn 9 chữ số')
    write(wrong[12:])
    window.says('Có một chữ số sai')
    shot('stick-wrong-digit')
    window.fill('_Code that was read out', '-'.join(office.code.split()))
    window.says(said('The check digit is right.'))
    window.fill('_Day of the call', CALL_DAY)
    window.fill('_Time of the call', '16h05')
    window.fill('Who ca_lled (may be left out)', 'Ong Mau')
    shot('stick-call')
    keys('Return')
    window.says('Nội dung chưa đến')
    window.shows(COMMUNE)
    shot('stick-noted')


def district_reads_the_package(office):
    window = office.window
    by_letter(window, '_Read package…')
    choose_file(window, on_stick(office, '*.hsb'))
    window.says('chưa qua trung tâm')
    result_in_view(window)
    shot('stick-result')
    window.says('Khớp với gói đến bằng USB')
    shot('stick-read')
    merged(window)
    window.says('Chưa qua trung tâm')
    shot('stick-provisional')


def district_takes_it_off_and_reads_it_again(office):
    window = office.window
    window.go(7)
    by_letter(window, '_Read package…')
    choose_file(window, on_stick(office, '*.hsb'))  # once more: it is on the list already
    result_in_view(window)
    tab_to(window, said('Off the list'))
    window.says(said('Take the package off the list?'))
    time.sleep(.4)
    shot('stick-off')
    keys('Tab', 'Return')  # what takes something away does not stand under Enter
    window.gone('push button', f'{said("Off the list")}: {COMMUNE}')
    by_letter(window, '_Read package…')
    choose_file(window, on_stick(office, '*.hsb'))
    window.says('chưa qua trung tâm')


# ---- the line is back --------------------------------------------------------------------------------------------


def the_line_comes(office):
    office.endpoint.up()
    window = office.window
    click(window, ['list item'], said('Exchange of data'))
    keys('F5')
    for _ in seconds(40, 2):
        if window.lines('Khớp: nội dung đến', CALL_DAY):
            break
        keys('F5')
    window.says(f'Tính là nộp ngày {CALL_DAY}')
    shot('stick-matched')
    window.go(8)
    window.says(said('Code noted by telephone'))
    shot('stick-journal')
    merged(window)
    window.says(CALL_DAY)
    shot('stick-counted')


def the_receipt_goes_back(office):
    window = office.window
    window.go(7)
    tab_to(window, said('Write receipt…'))
    choose_file(window, office.folder / 'stick')
    window.says('Biên nhận đã ghi')
    window = only_window(office, 'commune', 7)
    by_letter(window, '_Read package…')
    choose_file(window, on_stick(office, 'bien-nhan-31447*.hsb'))
    window.says('Khớp: nội dung đến')
    window.go(2)
    window.says(f'Tính là nộp ngày {CALL_DAY}')
    shot('stick-commune-told')


STEPS = [
    ('a machine without a line begins with a file', first_run_by_file),
    ('the commune hands in and sees its code', commune_hands_in),
    ('it writes a package', commune_writes_the_package),
    ('the district notes the call, a wrong digit is said at once', district_notes_the_call),
    ('it reads the package before the centre has it', district_reads_the_package),
    ('it takes it off the list and reads it again', district_takes_it_off_and_reads_it_again),
    ('its line comes back: the code matches', the_line_comes),
    ('the receipt goes back to the commune', the_receipt_goes_back),
]


if __name__ == '__main__':
    play('stick', STEPS)
