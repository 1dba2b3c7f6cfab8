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

TAP = '1..2\nok 1 /a\nok 2 /b\n'
TRACER = ('Tracer caught signal 11: addr=0x4 pc=0x7 sp=0x7\n==84==LeakSanitizer has encountered a fatal error.\n'
          '==84==HINT: LeakSanitizer does not work under ptrace (strace, gdb, etc)\n')
LEAK = '==84==ERROR: LeakSanitizer: detected memory leaks\nSUMMARY: AddressSanitizer: 8 byte(s) leaked\n'
CRASHED = ('ERROR', TAP, TRACER)

# Of a first and a second run of the same tests: what counts, and how many get a second run.
TWICE = [
    ('a crash of LeakSanitizer is no failure', [CRASHED], [('OK', TAP)], '2 passed, 0 failed', 0, 1),
    ('a second crash is one', [CRASHED], [CRASHED], '2 passed, 1 failed', 1, 1),
    ('a leak found the second time is one', [CRASHED], [('ERROR', TAP, LEAK)], '2 passed, 1 failed', 1, 1),
    ('a crash that got no second run is one', [CRASHED], [], '2 passed, 1 failed', 1, 1),
    ('a leak gets no second run', [('ERROR', TAP, LEAK)], [('OK', TAP)], '2 passed, 1 failed', 1, 0),
    ('a leak beside the crash neither', [('ERROR', TAP, TRACER + LEAK)], [('OK', TAP)], '2 passed, 1 failed', 1, 0),
    ('a bad point neither', [('ERROR', '1..2\nok 1 /a\nnot ok 2 /b\n', TRACER)], [('OK', TAP)], '1 passed, 1 failed', 1, 0),
    ('a point that is missing neither', [('ERROR', '1..2\nok 1 /a\n', TRACER)], [('OK', TAP)], '1 passed, 1 failed', 1, 0),
    ('undefined behaviour neither', [('ERROR', TAP, TRACER + 'a.c:1:2: runtime error: overflow\n')], [('OK', TAP)],
     '2 passed, 1 failed', 1, 0),
    ('only the one that crashed', [CRASHED, ('OK', 'fine\n')], [('OK', TAP)], '3 passed, 0 failed', 0, 1),
]


def write_log(path, entries):
    path.write_text(''.join(json.dumps({'name': f'thidua:displayless / t{i}', 'result': result, 'stdout': stdout,
                                        'stderr': ''.join(stderr)}) + '\n'
                            for i, (result, stdout, *stderr) in enumerate(entries)), encoding='utf-8')


def run(program, *arguments):
    return subprocess.run(['/usr/bin/python3', ROOT / 'tests' / program, *arguments], capture_output=True, text=True)


def outcome_twice(first, second):
    with tempfile.TemporaryDirectory(prefix='thidua-count.') as folder:
        log, again = pathlib.Path(folder, 'testlog.json'), pathlib.Path(folder, 'testlog-again.json')
        write_log(log, first)
        write_log(again, second)
        names = run('tracer.py', log)
        done = run('count-results.py', f'--again={again}', log)
    said = done.stdout.count('RUN AGAIN') == (len(names.stdout.split()) if second else 0)
    return done.stdout.splitlines()[-1], done.returncode, len(names.stdout.split()) if said else -1


def outcome(entries, more):
    with tempfile.TemporaryDirectory(prefix='thidua-count.') as folder:
        log = pathlib.Path(folder, 'testlog.json')
        write_log(log, entries)
        done = run('count-results.py', *more, log)
    return done.stdout.splitlines()[-1], done.returncode


results = [(name, outcome(entries, more), (line, status)) for name, entries, more, line, status in CASES]
results += [(name, outcome_twice(first, second), tuple(wanted)) for name, first, second, *wanted in TWICE]
print(f'1..{len(results)}')
for number, (name, got, wanted) in enumerate(results, 1):
    print(f'{"ok" if got == wanted else "not ok"} {number} - {name}')
    if got != wanted:
        print(f'# {got} instead of {wanted}')
