#!/usr/bin/python3
"""The last line of tests/run tells the truth: what crashed, hung or never ran is not among the passed."""
import json
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(os.environ.get('TD_SRCDIR') or pathlib.Path(__file__).resolve().parent.parent)
CASES = [
    ('points are counted', [('OK', '1..3\nok 1 /a\nok 2 /b\nok 3 /c # SKIP no line\n')], [], '2 passed, 0 failed, 1 skipped', 0),
    ('a test without TAP is one', [('OK', 'fine\n'), ('OK', '')], [], '2 passed, 0 failed', 0),
    ('a point that fails', [('FAIL', '1..2\nok 1 /a\nnot ok 2 /b\n')], [], '1 passed, 1 failed', 1),
    ('a crash after good points', [('ERROR', '1..2\nok 1 /a\n')], [], '1 passed, 1 failed', 1),
    ('a test that hangs', [('TIMEOUT', '')], [], '0 passed, 1 failed', 1),
    ('a test that only ends badly', [('FAIL', 'wrong\n')], [], '0 passed, 1 failed', 1),
    ('a skipped test', [('OK', ''), ('SKIP', '')], [], '1 passed, 0 failed, 1 skipped', 0),
    ('a todo is no failure', [('OK', '1..2\nok 1 /a\nnot ok 2 /b # TODO later\n')], [], '1 passed, 0 failed', 0),
    ('a build that broke', [('OK', '')], ['--broken=_asan'], '1 passed, 1 failed', 1),
    ('a log that is missing', [('OK', '')], ['/nowhere/testlog.json'], '1 passed, 1 failed', 1),
    ('nothing at all', [], [], '0 passed, 1 failed', 1),
]


def outcome(entries, more):
    with tempfile.TemporaryDirectory(prefix='thidua-count.') as folder:
        log = pathlib.Path(folder, 'testlog.json')
        log.write_text(''.join(json.dumps({'name': f't{i}', 'result': result, 'stdout': stdout}) + '\n'
                               for i, (result, stdout) in enumerate(entries)), encoding='utf-8')
        done = subprocess.run(['/usr/bin/python3', ROOT / 'tests/count-results.py', *more, log],
                              capture_output=True, text=True)
    return done.stdout.splitlines()[-1], done.returncode


print(f'1..{len(CASES)}')
for number, (name, entries, more, line, status) in enumerate(CASES, 1):
    got = outcome(entries, more)
    print(f'{"ok" if got == (line, status) else "not ok"} {number} - {name}')
    if got != (line, status):
        print(f'# {got} instead of {(line, status)}')
