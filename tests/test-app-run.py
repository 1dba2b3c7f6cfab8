#!/usr/bin/python3
"""app/run on a folder of stand-ins: what it starts, with what, where it listens, what it leaves behind."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = pathlib.Path(os.environ.get('TD_SRCDIR') or pathlib.Path(__file__).resolve().parent.parent)
ENDPOINT = '''#!/usr/bin/python3
import http.server, sys
port = int(sys.argv[sys.argv.index('--port') + 1])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'{"hs":1}'
        self.send_response(200); self.send_header('Content-Length', str(len(body))); self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
print(' '.join(sys.argv[1:]), flush=True)
http.server.ThreadingHTTPServer(('127.0.0.1', port), Handler).serve_forever()
'''
LOADER = '#!/bin/sh\necho loader "$@" >>"$TD_LOG"\n[ -z "${FAIL_LOAD:-}" ] || exit 1\ntouch "$2/loaded"\n'
WINDOW = '''#!/bin/sh
echo window "$@" backend "${GDK_BACKEND:-}" display "${BROADWAY_DISPLAY:-}" data "$TD_DATADIR" >>"$TD_LOG"
exec sleep "${WINDOW_SECONDS:-0.2}"
'''


def free_port():
    with socket.socket() as server:
        server.bind(('127.0.0.1', 0))
        return server.getsockname()[1]


def listening():
    """{port: address} of the listening TCP sockets of this machine."""
    found = {}
    for name in ('/proc/net/tcp', '/proc/net/tcp6'):
        for line in pathlib.Path(name).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == '0A':
                address, port = fields[1].split(':')
                found[int(port, 16)] = address
    return found


class Stand:
    """A copy of app/run among stand-ins for everything it calls."""

    def __init__(self, folder):
        self.root, self.port = pathlib.Path(folder, 'source'), free_port()
        self.log, self.demo = pathlib.Path(folder, 'log'), pathlib.Path(folder, 'demo')
        self.log.write_text('')
        self.program('tests/install-packages', '#!/bin/sh\n')
        self.program('_build/app/endpoint/thidua-endpoint', ENDPOINT)
        self.program('_build/app/desk/thidua-demo', LOADER)
        self.program('_build/ui/thidua', WINDOW)
        (self.root / '_build/build.ninja').write_text('build all: phony\n')
        (self.root / 'app').mkdir()
        shutil.copy(ROOT / 'app/run', self.root / 'app/run')

    def program(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)

    def environment(self, **more):
        kept = {key: value for key, value in os.environ.items() if key not in ('DISPLAY', 'WAYLAND_DISPLAY')}
        return {**kept, 'TD_DEMO_DIR': str(self.demo), 'TD_DEMO_PORT': str(self.port), 'TD_LOG': str(self.log),
                'XDG_RUNTIME_DIR': str(self.log.parent), **more}

    def start(self, *arguments, **more):
        return subprocess.Popen([str(self.root / 'app/run'), *arguments], env=self.environment(**more), text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def run(self, *arguments, **more):
        process = self.start(*arguments, **more)
        output = process.communicate(timeout=60)[0]
        return process.returncode, output

    def calls(self, kind):
        return [line for line in self.log.read_text().splitlines() if line.startswith(kind)]

    def wait_calls(self, kind, count):
        end = time.time() + 30
        while time.time() < end and len(self.calls(kind)) < count:
            time.sleep(0.05)
        assert len(self.calls(kind)) == count, (kind, self.calls(kind))


def demo_starts_everything(stand):
    status, output = stand.run('--demo', DISPLAY=':99')
    assert status == 0, output
    assert len(stand.calls('loader')) == 1
    windows = ' '.join(stand.calls('window'))
    for name in ('commune', 'district', 'board'):
        assert f'--database {stand.demo}/{name}.db' in windows, windows
    assert f'data {stand.root}/data' in windows
    assert '--today 2025-07-08' in (stand.demo / 'endpoint.log').read_text()
    assert stand.port not in listening(), 'the endpoint goes with the script'


def second_start_keeps(stand):
    stand.run('--demo', DISPLAY=':99')
    (stand.demo / 'commune.db').write_text('kept')
    status, output = stand.run('--demo', DISPLAY=':99')
    assert status == 0, output
    assert len(stand.calls('loader')) == 1 and len(stand.calls('window')) == 6
    assert (stand.demo / 'commune.db').read_text() == 'kept'


def unfinished_load_is_put_aside(stand):
    status, output = stand.run('--demo', DISPLAY=':99', FAIL_LOAD='1')
    assert status == 1 and 'Chưa nạp xong' in output, output
    assert stand.port not in listening()
    status, output = stand.run('--demo', DISPLAY=':99')
    assert status == 0 and len(stand.calls('loader')) == 2, output
    assert pathlib.Path(f'{stand.demo}.do-dang/endpoint').is_dir()


def only_one_demo(stand):
    first = stand.start('--demo', DISPLAY=':99', WINDOW_SECONDS='60')
    try:
        stand.wait_calls('window', 3)
        status, output = stand.run('--demo', DISPLAY=':99')
        assert status == 1 and 'đang mở' in output, output
        status, output = stand.run('--database', 'x.db', DISPLAY=':99')
        assert status == 0 and 'window --database x.db' in stand.calls('window')[3], output
    finally:
        first.send_signal(signal.SIGTERM)
        first.communicate(timeout=30)
    assert stand.port not in listening(), 'a signal ends the endpoint too'


def running_endpoint_is_left(stand):
    endpoint = stand.start('--endpoint')
    try:
        end = time.time() + 20
        while stand.port not in listening() and time.time() < end:
            time.sleep(0.05)
        stand.demo.joinpath('loaded').touch()
        status, output = stand.run('--demo', DISPLAY=':99')
        assert status == 0 and 'đang chạy sẵn' in output, output
        assert stand.port in listening()
    finally:
        endpoint.send_signal(signal.SIGTERM)
        endpoint.communicate(timeout=30)
    assert stand.port not in listening()


def browser_on_loopback_only(stand):
    before = listening()
    process = stand.start('--demo', WINDOW_SECONDS='60')
    try:
        stand.wait_calls('window', 3)
        opened = {port: address for port, address in listening().items() if port not in before}
        assert len(opened) >= 4, opened
        mine = {port: address for port, address in opened.items() if 8085 <= port < 8110 or port == stand.port}
        assert len(mine) == 4 and set(mine.values()) == {'0100007F'}, mine
        displays = {line.split(' display ')[1].split()[0] for line in stand.calls('window')}
        assert len(displays) == 3 and all('backend broadway' in line for line in stand.calls('window'))
    finally:
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=30)[0]
    for port in mine:
        assert port not in listening()
        assert port == stand.port or f'http://127.0.0.1:{port}/' in output, output


def failed_build_says_so(stand):
    (stand.root / '_build/build.ninja').write_text('rule no\n  command = echo broken here; exit 1\nbuild x: no\n')
    status, output = stand.run(DISPLAY=':99')
    assert status == 1 and 'broken here' in output and 'Không biên dịch được' in output, output
    assert not stand.calls('window')


TESTS = [demo_starts_everything, second_start_keeps, unfinished_load_is_put_aside, only_one_demo,
         running_endpoint_is_left, browser_on_loopback_only, failed_build_says_so]


def main():
    print(f'1..{len(TESTS)}')
    for number, test in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory(prefix='thidua-run.') as folder:
            try:
                test(Stand(folder))
                print(f'ok {number} - {test.__name__}', flush=True)
            except (AssertionError, subprocess.TimeoutExpired) as error:
                print(f'not ok {number} - {test.__name__}')
                for line in f'{type(error).__name__}: {error}'.splitlines():
                    print('#', line, flush=True)


main()
