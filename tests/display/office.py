"""Several desks of one province over a real endpoint, each with a window of its own."""
import gettext
import os
import shutil
import socket
import subprocess
import time
import urllib.request

import driver
from driver import BUILD, SOURCE, Program, keys, seconds, write

CATALOGUE = gettext.translation('thidua', os.environ.get('TD_LOCALEDIR', BUILD / 'po'), ['vi'], fallback=True)


def said(text):
    """What the screen says for a string of the sources."""
    return CATALOGUE.gettext(text).replace('_', '')


def done(verb, name):
    return said('Done: %s. %s') % (verb, name)


class Endpoint:
    """A real endpoint on loopback."""

    def __init__(self, folder):
        self.folder, self.process = folder, None
        with socket.socket() as one:
            one.bind(('127.0.0.1', 0))
            self.port = one.getsockname()[1]
        (folder / 'endpoint').mkdir()

    @property
    def url(self):
        return f'http://127.0.0.1:{self.port}'

    def command(self, *more):
        return [str(BUILD / 'app/endpoint/thidua-endpoint'), '--data', str(self.folder / 'endpoint'),
                '--campaign', str(SOURCE / 'data/campaigns/hau-giang-2025.json'),
                '--units', str(SOURCE / 'data/units/hau-giang-2024.json'), '--today', '2025-07-08', *more]

    def answers(self):
        try:
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            return opener.open(f'{self.url}/v1/hello', timeout=2).status == 200
        except OSError:
            return False

    def up(self):
        self.process = subprocess.Popen(self.command('--port', str(self.port)), stdout=subprocess.DEVNULL,
                                        stderr=subprocess.STDOUT)
        if not any(self.answers() for _ in seconds(30)):
            raise AssertionError('the endpoint does not answer')

    def down(self):
        if self.process:
            self.process.terminate()
            self.process.wait(10)
            self.process = None

    def kill(self):
        """As when the power fails."""
        self.process.kill()
        self.process.wait(10)
        self.process = None

    def verify(self):
        """What it keeps is what its operations add up to."""
        subprocess.run(self.command('--verify'), check=True, stdout=subprocess.DEVNULL, timeout=60)


class Desk(Program):
    """One desk's window, used by mouse and keyboard."""

    def like(self, role, text, limit=20):
        """GTK 4.8 gives a button with a mnemonic its label twice: a part of the name must do. Meant is the name that
        begins with @text, then the shortest."""
        for _ in seconds(limit):
            found = []
            for node in self.walk():
                try:
                    name = node.name.replace('_', '')
                    if node.getRoleName() == role and text in name and driver.visible(node):
                        found.append((not name.startswith(text), len(name), len(found), node))
                except Exception:  # a list was filled anew while we looked
                    continue
            if found:
                return min(found)[-1]
        raise AssertionError(f'not seen in {limit} s: {role} with “{text}”')

    def point(self, node):
        """A page just shown has no places for its widgets before its first frame, and one that slides in moves."""
        before = None
        for _ in seconds(10):
            x, y, width, height = node.queryComponent().getExtents(1)
            if width > 1 and (x > 0 or y > 0) and (x, y, width, height) == before:
                return super().point(node)
            before = (x, y, width, height)
        raise RuntimeError(f'“{node.name}” has no place on the screen')

    def press(self, text):
        for _ in seconds(10):
            try:
                return self.point(self.like('push button', text))
            except (NotImplementedError, RuntimeError):  # made anew between looking and pressing
                continue
        raise AssertionError(f'can’t press “{text}”')

    def ask(self, button, question):
        """Presses what asks before it acts, and says yes. A button made anew under the pointer takes no click."""
        for _ in range(4):
            self.press(button)
            try:
                self.says(question, 4)
            except AssertionError:
                continue
            time.sleep(.4)
            keys('Return')
            return
        raise AssertionError(f'“{button}” does not ask “{question}”')

    def boxes(self, name):
        for node in self.walk():
            try:
                if node.getRoleName() == 'check box' and node.name == name and driver.visible(node):
                    yield node
            except Exception:
                continue

    def tick(self, name, which=0):
        """A list that was filled anew meanwhile has other widgets: look again. GTK 4.8 calls what another part of the
        window hides visible too: @which tells the first list from the last."""
        for _ in seconds(20, .5):
            found = list(self.boxes(name))
            if not found:
                continue
            node = found[which]
            try:
                if node.getState().contains(driver.pyatspi.STATE_CHECKED):
                    return
                self.point(node)
            except Exception:
                continue
        raise AssertionError(f'can’t tick “{name}”')

    def choose(self, name):
        self.tick(said('Choose %s') % name)

    def choose_only(self, name):
        """A click on the row itself leaves the others; one on a list being filled anew is lost: look, and again."""
        for _ in seconds(20, .5):
            try:
                self.point(self.wait('label', name))
                if self.chosen() == [said('Choose %s') % name]:
                    return
            except (NotImplementedError, RuntimeError):
                continue
        raise AssertionError(f'chosen are {self.chosen()} instead of “{name}”')

    def chosen(self):
        """Names of the ticked boxes of the list."""
        found = []
        for node in self.walk():
            try:
                if (node.getRoleName() == 'check box' and node.name.startswith(said('Choose %s').split('%s')[0])
                        and driver.visible(node) and node.getState().contains(driver.pyatspi.STATE_CHECKED)):
                    found.append(node.name)
            except Exception:
                continue
        return found

    def mode(self, name):
        """A part of the page. Filters beside it may begin with the same word, but have no mnemonic."""
        text = CATALOGUE.gettext(name)
        for _ in seconds(20):
            for node in self.walk():
                if node.getRoleName() == 'push button' and node.name.startswith(text) and driver.visible(node):
                    self.point(node)
                    time.sleep(.6)  # the new page slides in: its widgets stand still and elsewhere until it begins
                    return
        raise AssertionError(f'no part of the page is called “{text}”')

    def fill(self, label, text):
        self.point(self.like('text', said(label)))
        keys('ctrl+a')
        write(text)

    def other_step(self, label):
        """One of the steps that have no button of their own. Places within a popover are told as of a window of its
        own, so its buttons are not clicked."""
        self.press(said('_Other steps'))
        self.like('push button', label).queryAction().doAction(0)
        self.opened()

    def open_dossier(self, name):
        """From the list of the unit's own dossiers."""
        for _ in seconds(20, .5):
            try:
                self.point(self.like('label', name))
                keys('Return')
                self.wait('push button', said('Back to the list'), 5)
                return
            except (AssertionError, NotImplementedError, RuntimeError):  # the list was filled anew meanwhile
                continue
        raise AssertionError(f'can’t open “{name}”')

    def is_open(self, field):
        return self.field(field).getState().contains(driver.pyatspi.STATE_SENSITIVE)

    def take(self, key, *words):
        """A step by its key, with the words of its dialog."""
        keys(key)
        self.opened()
        for word in words:
            write(word)
        self.accept()

    def opened(self):
        """The dialog of a step is there: nothing else has its button."""
        self.like('push button', said('_Cancel'), 10)
        time.sleep(.5)

    def accept(self):
        keys('ctrl+Return')
        for _ in seconds(15):
            try:
                self.like('push button', said('_Cancel'), .1)
            except AssertionError:
                return
        raise AssertionError('the dialog is still open')

    def sent(self):
        self.says(said('Everything is sent'), 40)

    def lines(self, *parts):
        """Lines of the screen that have all these words."""
        found = []
        for node in self.walk():
            try:
                if node.getRoleName() == 'label' and all(part in node.name for part in parts) and driver.visible(node):
                    found.append(node.name)
            except Exception:
                continue
        return found

    def shows(self, *parts, times=1, limit=20):
        """So many lines of the screen have all these words."""
        for _ in seconds(limit):
            if len(self.lines(*parts)) >= times:
                return
        raise AssertionError(f'not {times} times in {limit} s: {parts}')


def second_choice():
    """In the list of choices that has the focus, what stands below “not chosen yet”."""
    keys('space', 'Down', 'Return')


class Office:
    """An endpoint and a data base for each desk, as the program “prepare” leaves them in @state."""

    def __init__(self, state):
        self.folder = driver.work_folder()
        self.log = open(self.folder / 'log', 'w', encoding='utf-8')
        self.window, self.others = None, []
        self.endpoint = Endpoint(self.folder)
        self.endpoint.up()
        self.run([BUILD / 'tests/prepare', self.folder, self.endpoint.url, state])

    def run(self, command):
        subprocess.run(command, check=True, stdout=self.log, stderr=subprocess.STDOUT, timeout=110)

    def open(self, name):
        return Desk(self.folder / f'{name}.db').start()

    def desk(self, name, place=4):
        """One window at a time: the keyboard goes to the only one there is."""
        if self.window is not None:
            self.window.sent()
            self.window.close()
        self.window = self.open(name)
        self.window.go(place)
        return self.window

    def again(self, name, place=4):
        """After the window before was killed or closed."""
        self.window = self.open(name)
        self.window.go(place)
        return self.window

    def close(self):
        for window in [self.window, *self.others]:
            if window is not None:
                window.close()
        self.endpoint.down()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def play(state, steps):
    """A test: the steps, pairs of a name and a function, are played in an office that begins in @state."""
    missing = driver.missing_tools()
    if missing:
        print(f'1..0 # SKIP not installed: {", ".join(missing)}')
        return
    driver.start_accessibility()
    tap = driver.Tap(len(steps))
    office = Office(state)
    try:
        for name, step in steps:
            if tap.failed:  # each step begins where the one before ended
                break
            tap.step(name, lambda: step(office))
        if tap.failed:
            driver.shot(f'failed-{tap.count}')
    finally:
        office.close()
    tap.done()
