#!/usr/bin/python3
"""Every string of app and ui is in po/vi.po, translated and not fuzzy; POTFILES.in names every file that has one.

`tests/po-update` brings both up to date; the Vietnamese is then written by a person.
"""
import pathlib
import re
import subprocess
import tempfile

import catalogue
from checking import read, run

ENVIRONMENT = {'LC_ALL': 'C.UTF-8', 'PATH': '/usr/local/bin:/usr/bin:/bin'}


def gettext(*command):
    return subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)


def entries(po, *filters):
    """First words of the messages of a catalogue that pass msgattrib's filters."""
    done = gettext('msgattrib', *filters, '--no-obsolete', '--no-wrap', str(po))
    for match in re.finditer(r'^msgid "(.+)"$|^msgid ""\n"(.+)"$', done.stdout, re.MULTILINE):
        text = match[1] or match[2]
        if not text.startswith('Project-Id-Version'):
            yield text


def listed(root):
    lines = read(root / 'po/POTFILES.in').splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def catalogue_faults(root, files):
    po = root / 'po/vi.po'
    done = gettext('msgfmt', '--check', '-o', '/dev/null', str(po))
    if done.returncode:
        yield f'po/vi.po: {done.stderr.strip()}'
        return
    with tempfile.TemporaryDirectory(prefix='thidua-po.') as folder:
        template, merged = pathlib.Path(folder, 'a.pot'), pathlib.Path(folder, 'vi.po')
        complaint = catalogue.extract(root, files, template)
        if complaint:
            yield f'xgettext: {complaint}'
        if not files or not template.exists():
            return
        # Without fuzzy matching, what is new or was reworded comes out untranslated.
        done = gettext('msgmerge', '--quiet', '--no-fuzzy-matching', '-o', str(merged), str(po), str(template))
        if done.returncode:
            yield f'msgmerge: {done.stderr.strip()}'
            return
        for text in entries(merged, '--untranslated'):
            yield f'po/vi.po: untranslated: "{text}"'
        for text in entries(merged, '--only-fuzzy'):
            yield f'po/vi.po: fuzzy: "{text}"'


def check(root):
    files, potfiles = list(catalogue.files_with_strings(root)), listed(root)
    for name in files:
        if name not in potfiles:
            yield f'po/POTFILES.in: {name} has strings and is not listed (tests/po-update)'
    for name in potfiles:
        if not (root / name).is_file():
            yield f'po/POTFILES.in: {name} does not exist (tests/po-update)'
        elif name not in files:
            yield f'po/POTFILES.in: {name} has no string (tests/po-update)'
    yield from catalogue_faults(root, files)


HEADER = ('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
          '"Plural-Forms: nplurals=1; plural=0;\\n"\n\n')
GOOD = HEADER + 'msgid "Save"\nmsgstr "Lưu"\n\nmsgid "Open"\nmsgstr "Mở"\n'
UI = '<interface><object class="GtkLabel"><property name="label" translatable="yes">%s</property></object></interface>\n'
CLEAN = {
    'po/vi.po': GOOD,
    'po/POTFILES.in': 'app/desk/a.c\nui/a.ui\n',
    'app/desk/a.c': 'f (_("Save"));\n/* _("not a string") */\n',
    'ui/a.ui': UI % 'Open',
    'ui/b.c': 'f ("no string");\n',
}
PLANTS = [
    ('a new string', {'app/desk/a.c': 'f (_("Save"), _("Send"));\n'}, 'untranslated: "Send"'),
    ('a new string in a .ui file', {'ui/a.ui': UI % 'Close'}, 'untranslated: "Close"'),
    ('a plural', {'app/desk/a.c': 'f (_("Save"), ngettext ("%d file", "%d files", n));\n'}, 'untranslated: "%d file"'),
    ('a string with context', {'app/desk/a.c': 'f (_("Save"), C_("verb", "Open"));\n'}, 'untranslated: "Open"'),
    ('an empty translation', {'po/vi.po': GOOD.replace('"Lưu"', '""')}, 'untranslated: "Save"'),
    ('a fuzzy translation', {'po/vi.po': GOOD.replace('msgid "Save"', '#, fuzzy\nmsgid "Save"')}, 'fuzzy: "Save"'),
    ('a file not listed', {'ui/b.c': 'f (N_("Save"));\n'}, 'ui/b.c has strings'),
    ('a file listed that is gone', {'po/POTFILES.in': 'app/desk/a.c\nui/a.ui\nui/c.c\n'}, 'ui/c.c does not exist'),
    ('a file listed without string', {'po/POTFILES.in': 'app/desk/a.c\nui/a.ui\nui/b.c\n'}, 'ui/b.c has no string'),
    ('a broken catalogue', {'po/vi.po': GOOD + 'msgid "x\n'}, 'po/vi.po:'),
    ('a placeholder lost', {'app/desk/a.c': 'f (_("%d of %s"));\n', 'po/vi.po': GOOD
      + '\n#, c-format\nmsgid "%d of %s"\nmsgstr "%s"\n'}, 'po/vi.po:'),
]

if __name__ == '__main__':
    run(check, CLEAN, PLANTS)
