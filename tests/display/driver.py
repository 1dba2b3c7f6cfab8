"""Uses the program as a person would: finds widgets by role and name, types on the keyboard, looks at the screen.

Runs inside tests/with-display, which gives the display and the session bus. Screens are kept in $TD_SHOTS when it is set.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(os.environ.get('TD_BUILDDIR', '_build'))
SOURCE = pathlib.Path(os.environ.get('TD_SRCDIR', '.'))
TOP = ('application', 'desktop frame')
BOTTOM = 740  # of a window on 1366 × 768


def start_accessibility():
    """The accessibility bus comes with the first call; pyatspi must be imported after the session bus exists."""
    global pyatspi
    subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.a11y.Bus', '--object-path', '/org/a11y/bus',
                    '--method', 'org.a11y.Bus.GetAddress'], stdout=subprocess.DEVNULL, check=True, timeout=30)
    import pyatspi as module
    pyatspi = module


def seconds(limit=20, pause=.1):
    end = time.time() + limit
    while time.time() < end:
        yield
        time.sleep(pause)


class Tap:
    """Prints one point per step; what follows a failure is still tried."""

    def __init__(self, plan):
        print(f'1..{plan}', flush=True)
        self.count, self.failed = 0, 0

    def step(self, name, function):
        self.count += 1
        start = time.time()
        try:
            function()
            print(f'ok {self.count} {name}', flush=True)
        except Exception as error:  # a failed step is a result, not an accident
            self.failed += 1
            print(f'not ok {self.count} {name}\n# {type(error).__name__}: {error}', flush=True)
        print(f'# {time.time() - start:.1f} s', flush=True)

    def done(self):
        sys.exit(1 if self.failed else 0)


class Program:
    """One running thidua with a database of its own."""

    def __init__(self, database, env=None):
        self.database, self.process = database, None
        self.env = dict(os.environ, **(env or {}))
        self.log = open(str(database) + '.log', 'a', encoding='utf-8')

    def start(self):
        self.process = subprocess.Popen([str(BUILD / 'ui' / 'thidua'), '--database', str(self.database)], env=self.env,
                                        stdout=self.log, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            self.wait('frame', limit=60)
        except AssertionError as error:
            raise AssertionError(f'{error}; {self.what_is_there()}') from None
        return self

    def what_is_there(self):
        """Why no window is seen: the program ended, it shows none, or nobody told the accessibility bus."""
        apps = [(app.name, app.get_process_id()) for app in pyatspi.Registry.getDesktop(0) if app is not None]
        shown = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.'], capture_output=True, text=True)
        said = pathlib.Path(str(self.database) + '.log').read_text(encoding='utf-8', errors='replace')[-300:]
        return f'ended: {self.process.poll()}, pid {self.process.pid}, on the bus: {apps}, ' \
               f'windows: {shown.stdout.split()}, said: {said!r}'

    def kill(self):
        """As when the power fails."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()

    # ---- finding ------------------------------------------------------------------------

    def application(self):
        for app in pyatspi.Registry.getDesktop(0):
            try:
                if app is not None and app.get_process_id() == self.process.pid:
                    return app
            except Exception:  # it went away meanwhile
                continue
        return None

    def walk(self, node=None, depth=0):
        try:
            children = list(node or self.application() or ())
        except Exception:  # it went away while we looked
            return
        for child in children:
            if child is None:
                continue
            yield child
            if depth < 60:
                yield from self.walk(child, depth + 1)

    def find(self, role=None, name=None, within=None):
        for node in self.walk(within):
            try:
                if role and node.getRoleName() != role:
                    continue
                if name is not None and not named(node.name, name):
                    continue
                if visible(node):
                    return node
            except Exception:  # a list was filled anew while we looked
                continue
        return None

    def wait(self, role=None, name=None, limit=20):
        for _ in seconds(limit):
            node = self.find(role, name)
            if node:
                return node
        raise AssertionError(f'not seen in {limit} s: {role} “{name}”')

    def gone(self, role, name, limit=20):
        for _ in seconds(limit):
            if not self.find(role, name):
                return
        raise AssertionError(f'still there after {limit} s: {role} “{name}”')

    def says(self, text, limit=20):
        """Somewhere on the screen stand these words."""
        for _ in seconds(limit):
            for node in self.walk():
                try:
                    if text in node.name and visible(node):
                        return node
                except Exception:
                    continue
        raise AssertionError(f'nowhere in {limit} s: “{text}”')

    # ---- doing ------------------------------------------------------------------------------

    def press_button(self, name, role='push button'):
        node = self.wait(role, name)
        node.queryAction().doAction(0)
        time.sleep(.3)
        return node

    def focus(self, node):
        """Goes there by Tab until it is in view, as a person would, and clicks it."""
        for _ in range(80):
            _, y, _, height = node.queryComponent().getExtents(1)
            if 60 <= y + height // 2 <= BOTTOM:
                break
            keys('Tab' if y > 0 else 'shift+Tab')
        self.point(node)
        return node

    def point(self, node):
        x, y, width, height = node.queryComponent().getExtents(1)
        subprocess.run(['xdotool', 'mousemove', str(x + width // 2), str(y + height // 2), 'click', '1'], check=True,
                       timeout=20)
        time.sleep(.3)

    def field(self, name):
        return self.wait('text', name) if self.find('text', name) else self.wait('entry', name, 5)

    def type(self, name, text):
        """Goes to the field and types over what it has."""
        node = self.field(name)
        self.focus(node)
        keys('ctrl+a')
        write(text)
        return node

    def text_of(self, name):
        node = self.field(name)
        content = node.queryText()
        return content.getText(0, content.characterCount)

    def go(self, place):
        """By the accelerator of the place: Alt+1 …"""
        keys(f'alt+{place}')
        time.sleep(.5)

    def dump(self, file=sys.stderr):
        def lines(node, depth):
            for child in node:
                if child is None:
                    continue
                try:
                    if visible(child):
                        print('  ' * depth + child.getRoleName(), repr(child.name), file=file)
                except Exception:
                    continue
                lines(child, depth + 1)
        if self.application():
            lines(self.application(), 0)


def named(name, wanted):
    return name == wanted or (wanted.endswith('…') and name.startswith(wanted[:-1]))


def visible(node):
    """GTK 4.8 sets no “showing”: a widget is seen when all above it are visible."""
    while node is not None and node.getRoleName() not in TOP:
        if not node.getState().contains(pyatspi.STATE_VISIBLE):
            return False
        node = node.parent
    return True


def keys(*names):
    for name in names:
        subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True, timeout=20)
        time.sleep(.12)


def write(text):
    subprocess.run(['xdotool', 'type', '--delay', '12', text], check=True, timeout=60)
    time.sleep(.15)


def shot(name):
    folder = os.environ.get('TD_SHOTS')
    if folder:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        subprocess.run(['import', '-window', 'root', f'{folder}/{name}.png'], check=False, timeout=20)


def small_pdf(path):
    objects = [b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
               b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>']
    data, places = b'%PDF-1.4\n', []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b'%d 0 obj%sendobj\n' % (number, body)
    start = len(data)
    data += b'xref\n0 4\n0000000000 65535 f \n' + b''.join(b'%010d 00000 n \n' % place for place in places)
    data += b'trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % start
    path.write_bytes(data)


def work_folder():
    return pathlib.Path(tempfile.mkdtemp(prefix='thidua-display.'))


def missing_tools():
    return [tool for tool in ('xdotool', 'gdbus') if not shutil.which(tool)]
