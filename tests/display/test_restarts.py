#!/usr/bin/python3
"""Scene 6: windows are closed, killed and opened again, with the endpoint up or down: nothing is lost, and the words say
what is true."""
import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from driver import keys, seconds, shot, write
from office import play, said

AN, BINH = 'Nguyễn Thị An', 'Trần Văn Bình'
NAMES = ('commune', 'district', 'board', 'party')
TYPED, REASON, CANCELLED = 'Pho Chu tich Hoi', 'Chua du thoi gian cong tac', 'Ly do dang viet do'
WAITING = 'thay đổi chờ gửi'


def again(office, place):
    """As when the power fails, then comes back."""
    name = office.window.database.stem
    office.window.kill()
    office.window = office.open(name)
    office.window.go(place)
    return office.window


def waits(window, text):
    """Nothing says that it is sent."""
    window.says(WAITING)
    window.says(text)
    if window.lines(said('Everything is sent')):
        raise AssertionError('it says that everything is sent, but the endpoint is down')


def holds(window, text):
    """What is typed is no name: some field holds it."""
    for _ in seconds(10):
        for node in window.walk():
            try:
                content = node.queryText() if node.getRoleName() == 'text' else None
                if content and content.getText(0, content.characterCount) == text:
                    return
            except Exception:  # it has no text, or went away
                continue
    raise AssertionError(f'no field holds “{text}”')


def typed_words_outlive_a_kill(office):
    window = office.desk('commune', 3)
    window.open_dossier(AN)
    window.says('Ghi lại chức vụ')
    window.sent()
    office.endpoint.down()
    window.type('Chức vụ', TYPED)
    time.sleep(2)  # what is promised: on disk within a second
    window = again(office, 3)
    window.open_dossier(AN)
    if not any(window.text_of('Chức vụ') == TYPED for _ in seconds(10)):
        raise AssertionError(f'after a kill the field has “{window.text_of("Chức vụ")}”')


def a_step_without_a_line_outlives_a_kill(office):
    window = office.window
    window.ask('Trình', said('Hand the dossier in again?'))
    window.says('Chờ gửi')
    window = again(office, 3)
    window.shows(AN)
    waits(window, 'Chờ gửi')
    shot('restarts-waiting')


def it_goes_by_itself(office):
    """The endpoint has it on disk once the window says so: it is killed then, and what it keeps is read."""
    window = office.window
    office.endpoint.up()
    keys('F5')
    window.sent()
    window.shows('Đã trình')
    office.endpoint.kill()
    office.endpoint.verify()
    window.kill()
    office.window = None


def the_next_level_finds_it(office):
    """Opened while the endpoint is down it shows what it knew; when the line comes back, what is new."""
    office.window = window = office.open('district')
    window.go(4)
    window.shows(said('Returned'))
    if window.lines(TYPED):
        raise AssertionError('the district knows what was never sent to it')
    office.endpoint.up()
    keys('F5')
    window.shows(TYPED)


def a_half_written_reason_outlives_a_kill(office):
    window = office.window
    window.choose_only(BINH)
    keys('ctrl+shift+k')
    window.opened()
    write(CANCELLED)
    holds(window, CANCELLED)
    window = again(office, 4)
    window.choose_only(BINH)
    keys('ctrl+shift+k')
    window.opened()
    holds(window, CANCELLED)
    keys('ctrl+a')
    write(REASON)
    office.endpoint.down()
    window.accept()
    window.says('Chờ gửi')
    window = again(office, 4)
    waits(window, 'Chờ gửi')
    window.choose_only(BINH)
    window.says(REASON)


def all_windows_at_once(office):
    """Four windows, killed together and opened in another order; the line comes back last."""
    office.window.kill()
    office.window = None
    for order in (NAMES, tuple(reversed(NAMES))):
        office.others = [office.open(name) for name in order]
        for window in office.others:
            window.kill()
    office.others = [office.open(name) for name in ('board', 'commune', 'district', 'party')]
    office.endpoint.up()
    for window in office.others:
        window.sent()
    shot('restarts-all')
    for window in office.others:
        window.close()
    office.endpoint.verify()
    window = office.desk('commune', 3)
    window.shows('Không đề nghị')
    window.open_dossier(BINH)
    window.says(REASON)


STEPS = [
    ('what was typed outlives a kill', typed_words_outlive_a_kill),
    ('a step taken without a line outlives a kill', a_step_without_a_line_outlives_a_kill),
    ('it goes by itself and is on disk when the words say so', it_goes_by_itself),
    ('the next level finds it', the_next_level_finds_it),
    ('a half-written reason outlives a kill', a_half_written_reason_outlives_a_kill),
    ('all windows at once, the line comes back last', all_windows_at_once),
]


if __name__ == '__main__':
    play('returned', STEPS)
