#!/usr/bin/python3
"""Counts what really ran: every TAP point of every test in meson's logs, or the test itself when it speaks no TAP.

    count-results.py [--broken=BUILD]... [--again=LOG.json]... LOG.json...

--again names the log of second runs: each stands for the first only where LeakSanitizer itself had crashed (tracer.py).
"""
import os
import re
import sys

from tracer import only_tracer, read, short_name

POINT = re.compile(r'^(not )?ok\b[^#]*(#\s*(skip|todo)\b)?', re.IGNORECASE)
FAILED = ('FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS')


def count(entry):
    """(passed, failed, skipped) of one test of the log."""
    passed = failed = skipped = 0
    for line in entry.get('stdout', '').splitlines():
        point = POINT.match(line)
        if not point:
            continue
        directive = (point[3] or '').lower()
        if directive == 'skip':
            skipped += 1
        elif point[1]:
            failed += directive != 'todo'
        else:
            passed += 1
    result = entry['result']
    if result in FAILED:
        # It crashed, hung or ended badly after its last good point: that is a failure of its own.
        failed = max(failed, 1)
    elif result == 'SKIP':
        passed, failed, skipped = 0, 0, max(skipped, 1)
    elif passed + failed + skipped == 0:
        passed = 1
    return passed, failed, skipped


def second_runs(arguments):
    """{(folder of the log, test): entry}"""
    runs = {}
    for argument in arguments:
        if argument.startswith('--again='):
            log = argument[len('--again='):]
            runs.update({(os.path.dirname(log), short_name(entry)): entry for entry in read(log)})
    return runs


def main():
    total = [0, 0, 0]
    bad = []
    again = second_runs(sys.argv[1:])
    for argument in sys.argv[1:]:
        if argument.startswith('--broken='):
            total[1] += 1
            bad.append(f'{argument[9:]} does not build')
        if argument.startswith('--'):
            continue
        try:
            entries = read(argument)
        except OSError:
            total[1] += 1
            bad.append(f'{argument}: the tests did not run to their end')
            continue
        for entry in entries:
            second = again.get((os.path.dirname(argument), short_name(entry))) if only_tracer(entry) else None
            if second is not None:
                print(f'RUN AGAIN {argument.split("/")[0]}: {short_name(entry)}: all points passed, then LeakSanitizer '
                      f'itself crashed; alone, the second time: {second["result"].lower()}')
                entry = second
            one = count(entry)
            total = [a + b for a, b in zip(total, one)]
            if one[1]:
                bad.append(f'{argument.split("/")[0]}: {entry["name"]} ({entry["result"].lower()})')
    for line in bad:
        print('FAILED', line)
    passed, failed, skipped = total
    if passed == 0 and failed == 0:
        print('Nothing was tested')
        failed = 1
    print(f'{passed} passed, {failed} failed' + (f', {skipped} skipped' if skipped else ''))
    return 1 if failed else 0


sys.exit(main())
