#!/usr/bin/python3
"""No file over 800 lines, no function over 100; those over 600 and 60 are named."""
import re

from checking import read, run, sources

FILE_HARD, FILE_SOFT = 800, 600
FUNCTION_HARD, FUNCTION_SOFT = 100, 60
NAME = re.compile(r'^(\w+)[ \t]*\(')


def functions(lines):
    """(name, first line, length) of each function: between a brace alone in the first column and its partner."""
    name, start = '?', None
    for number, line in enumerate(lines, 1):
        if start is None:
            match = NAME.match(line)
            if match:
                name = match[1]
            if line.rstrip() == '{':
                start = number
        elif line.startswith('}'):
            if line.rstrip() == '}':
                yield name, start, number - start + 1
            start = None


def over(place, what, length, soft, hard):
    if length > hard:
        yield f'{place}: {what} has {length} lines, the ceiling is {hard}'
    elif length > soft:
        yield f'note: {place}: {what} has {length} lines, over {soft}'


def check(root):
    for path in sources(root, 'app', 'ui', 'tests', endings=('.c', '.h', '.py')):
        place = path.relative_to(root)
        lines = read(path).splitlines()
        yield from over(place, 'the file', len(lines), FILE_SOFT, FILE_HARD)
        if path.suffix != '.py':
            for name, start, length in functions(lines):
                yield from over(f'{place}:{start}', name, length, FUNCTION_SOFT, FUNCTION_HARD)


def function(lines):
    return 'static void\nlong_one (void)\n{\n' + '  step ();\n' * (lines - 2) + '}\n'


CLEAN = {
    'app/text/a.c': function(100) + 'struct _A\n{\n' + '  int a;\n' * 200 + '};\n',
    'tests/a.c': '\n' * 800,
}
PLANTS = [
    ('a function too long', {'app/text/b.c': function(101)}, 'long_one has 101 lines'),
    ('the second function too long', {'ui/b.c': function(10) + function(150)}, 'long_one has 150 lines'),
    ('a file too long', {'ui/b.h': '\n' * 801}, 'the file has 801 lines'),
    ('a test too long', {'tests/b.py': '\n' * 900}, 'the file has 900 lines'),
]

run(check, CLEAN, PLANTS)
