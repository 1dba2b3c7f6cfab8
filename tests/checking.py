"""What the checks of the sources share: a place to look at, a report, and the proof that a check can fail.

A check is a function of a root folder that yields a line for each fault. A line that begins with "note:" only
informs. `run` calls it on the project, or with --self-test on small folders with a planted fault.
"""
import os
import pathlib
import re
import sys
import tempfile

LAYERS = ['text', 'json', 'campaign', 'dossier', 'wire', 'store', 'exchange', 'endpoint', 'desk', 'ui']


def project_root():
    return pathlib.Path(os.environ.get('TD_SRCDIR') or pathlib.Path(__file__).resolve().parent.parent)


def sources(root, *folders, endings=('.c', '.h')):
    """The files of some folders below root, in order."""
    for folder in folders:
        for path in sorted((root / folder).rglob('*')):
            if path.suffix in endings and path.is_file() and not path.name.startswith('.'):
                yield path


def read(path):
    return path.read_text(encoding='utf-8')


def without_comments(text):
    """C text with its comments blanked, so that line numbers stay."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL)

    def blank(match):
        token = match[0]
        return token if token[0] in '"\'' else re.sub(r'[^\n]', ' ', token)
    return pattern.sub(blank, text)


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def _plant(root, files):
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding='utf-8')


def _self_test(check, clean, plants):
    cases = [('a clean tree passes', clean, None)]
    cases += [(name, {**clean, **files}, expected) for name, files, expected in plants]
    print(f'1..{len(cases)}')
    failed = 0
    for number, (name, files, expected) in enumerate(cases, 1):
        with tempfile.TemporaryDirectory(prefix='thidua-check.') as folder:
            root = pathlib.Path(folder)
            _plant(root, files)
            faults = [line for line in check(root) if not line.startswith('note:')]
        good = not faults if expected is None else any(expected in line for line in faults)
        failed += not good
        print(f'{"ok" if good else "not ok"} {number} - {name}')
        if not good:
            for line in faults or ['no fault was found']:
                print('#', line)
    return 1 if failed else 0


def run(check, clean, plants):
    """check: root -> lines; clean: {path: text} without a fault; plants: [(name, {path: text}, words of the fault)]."""
    if '--self-test' in sys.argv[1:]:
        sys.exit(_self_test(check, clean, plants))
    lines = list(check(project_root()))
    faults = [line for line in lines if not line.startswith('note:')]
    for line in lines:
        print(line)
    print(f'{len(faults)} faults')
    sys.exit(1 if faults else 0)
