#!/usr/bin/python3
"""Each ui/NAME.ui is well formed, has NAME.c beside it that defines its class and loads it; no resource is missing."""
import re
import xml.etree.ElementTree as tree

from checking import read, run, without_comments

RESOURCES = 'resources/thidua.gresource.xml.in'
DEFINES = r'G_DEFINE_(?:FINAL_|ABSTRACT_)?TYPE(?:_WITH_CODE|_WITH_PRIVATE)?\s*\(\s*%s\b'


def template_faults(path, place):
    try:
        top = tree.parse(path).getroot()
    except tree.ParseError as error:
        yield f'{place}: {error}'
        return
    code = path.with_suffix('.c')
    templates = [element.get('class') for element in top.iter('template')]
    if not templates:
        return
    if not code.exists():
        yield f'{place}: there is no {code.name} beside it'
        return
    text = without_comments(read(code))
    for name in templates:
        if not re.search(DEFINES % name, text):
            yield f'{place}: {code.name} does not define {name}'
    if f'/vn/thidua/HoSo/ui/{path.name}"' not in text:
        yield f'{place}: {code.name} does not load {path.name}'


def check(root):
    for path in sorted((root / 'ui').rglob('*.ui')):
        place = path.relative_to(root)
        if path.parent != root / 'ui':
            yield f'{place}: only ui/*.ui becomes a resource'
        yield from template_faults(path, place)
    for name in re.findall(r'>([^<>]+)</file>', read(root / RESOURCES)):
        if not (root / 'resources' / name).exists():
            yield f'{RESOURCES}: {name} does not exist'


UI = '<interface><template class="TdPage" parent="GtkBox"/></interface>\n'
CODE = 'G_DEFINE_FINAL_TYPE (TdPage, td_page, GTK_TYPE_BOX)\nload ("/vn/thidua/HoSo/ui/page.ui");\n'
LIST = '<gresources><gresource prefix="/vn/thidua/HoSo"><file>style.css</file></gresource></gresources>\n'
CLEAN = {'ui/page.ui': UI, 'ui/page.c': CODE, RESOURCES: LIST, 'resources/style.css': ''}
PLANTS = [
    ('no C file', {'ui/row.ui': UI}, 'no row.c'),
    ('another class', {'ui/page.c': CODE.replace('TdPage', 'TdPages')}, 'does not define TdPage'),
    ('the template is not loaded', {'ui/page.c': CODE.replace('page.ui', 'other.ui')}, 'does not load'),
    ('loaded from another place', {'ui/page.c': CODE.replace('HoSo/ui', 'HoSo')}, 'does not load'),
    ('in a folder of its own', {'ui/page/page.ui': UI, 'ui/page/page.c': CODE}, 'only ui/*.ui'),
    ('a resource that is gone', {RESOURCES: LIST.replace('style', 'gone')}, 'gone.css does not'),
    ('broken XML', {'ui/page.ui': '<interface>\n'}, 'no element found'),
]

run(check, CLEAN, PLANTS)
