#!/usr/bin/python3
"""Names the tests of one of meson's logs whose only fault is LeakSanitizer's own: every point passed, then the thread
that looks for leaks crashed (“Tracer caught signal 11”), so nothing was said about leaks. tests/run gives each of them
one more run, alone. What found a leak, an error of memory or a bad point is never among them.

    tracer.py LOG.json
"""
import json
import re
import sys

TRACER = re.compile(r'^Tracer caught signal 11\b', re.MULTILINE)
FATAL = re.compile(r'^==\d+==LeakSanitizer has encountered a fatal error', re.MULTILINE)
FOUND = re.compile(r'\bERROR: \w*Sanitizer\b|\bruntime error:|\bSUMMARY: \w*Sanitizer\b|\bCRITICAL\b|^Bail out!', re.MULTILINE)
PLAN = re.compile(r'^1\.\.(\d+)', re.MULTILINE)
GOOD = re.compile(r'^ok\b', re.MULTILINE)
BAD = re.compile(r'^not ok\b', re.MULTILINE)


def whole(stdout):
    """All points that were planned passed."""
    plan = PLAN.findall(stdout)
    return len(plan) == 1 and int(plan[0]) == len(GOOD.findall(stdout)) and not BAD.search(stdout)


def only_tracer(entry):
    stdout, stderr = entry.get('stdout', ''), entry.get('stderr', '')
    return (entry['result'] in ('ERROR', 'FAIL') and whole(stdout)
            and TRACER.search(stderr) is not None and FATAL.search(stderr) is not None
            and not FOUND.search(stderr) and not FOUND.search(stdout))


def short_name(entry):
    """As `meson test` takes it."""
    return entry['name'].split(' / ')[-1]


def read(path):
    with open(path, encoding='utf-8') as log:
        return [json.loads(line) for line in log if line.strip()]


if __name__ == '__main__':
    for found in filter(only_tracer, read(sys.argv[1])):
        print(short_name(found))
