#!/usr/bin/python3
"""clang-format decides the layout of every C file. `tests/format` puts it right."""
import shutil
import subprocess

from checking import project_root, run, sources


def check(root):
    style = root / '.clang-format'
    if not style.exists():
        shutil.copy(project_root() / '.clang-format', style)
    for path in sources(root, 'app', 'ui', 'tests'):
        done = subprocess.run(['clang-format', '--dry-run', '--Werror', '--style=file', str(path)],
                              capture_output=True, text=True)
        if done.returncode:
            first = next((line for line in done.stderr.splitlines() if ' error: ' in line), done.stderr.strip())
            yield first.replace(f'{root}/', '').replace('[-Wclang-format-violations]', '(tests/format puts it right)')


CLEAN = {'app/text/a.c': 'int\nsum (int a)\n{\n  return a;\n}\n'}
PLANTS = [
    ('braces elsewhere', {'app/text/b.c': 'int sum (int a) {\n  return a;\n}\n'}, 'app/text/b.c'),
    ('a tab', {'ui/b.c': 'int\nsum (int a)\n{\n\treturn a;\n}\n'}, 'ui/b.c'),
    ('a header', {'tests/b.h': 'int sum(int a);\n'}, 'tests/b.h'),
]

run(check, CLEAN, PLANTS)
