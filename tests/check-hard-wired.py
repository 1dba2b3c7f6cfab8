#!/usr/bin/python3
"""A plan is only data: no word a person sees in app/ or ui/ names a province, a document, an address, an occasion or a year of one.

The practice data (demo*) is such a plan's own; an example of how a day is typed and the names of members may hold years.
"""
import re

from checking import line_of, read, run, sources, without_comments

WORDS = re.compile(r'Hậu Giang|[Hh]au-?[Gg]iang|bantdkt|NQ/TU|CTr/TU|Vị Thủy|Long Mỹ|Vị Thanh|provincial People|Congress|100 days|six indicators|(?<![\d#])20[12]\d(?!\d)')
STRING = re.compile(r'"(?:\\.|[^"\\\n])*"(?:\s*"(?:\\.|[^"\\\n])*")*')
SHOWN = re.compile(r'<property name="(?:label|title|hint|placeholder-text|tooltip-text|subtitle|description|labels)"[^>]*>([^<]*)<')
EXAMPLE = re.compile(r'for example|For example|is not a day|is no date|is a day like|YYYY|20250708T')
MEMBER = re.compile(r'^"[a-z_0-9*/{}% ]*"$')


def shown_words(path, text):
    """Each text with the place where it begins."""
    if path.suffix == '.ui':
        return [(match.start(1), match[1]) for match in SHOWN.finditer(text)]
    return [(match.start(), match[0]) for match in STRING.finditer(without_comments(text)) if not MEMBER.match(match[0])]


def check(root):
    for path in sources(root, 'app', 'ui', endings=('.c', '.h', '.ui')):
        if path.name.startswith('demo'):
            continue
        text = read(path)
        for place, words in shown_words(path, text):
            found = WORDS.search(words)
            if found and not EXAMPLE.search(words):
                yield f'{path.relative_to(root)}:{line_of(text, place)}: “{found[0]}” belongs into a campaign file'


CLEAN = {'app/desk/a.c': '/* 2025 */ cell ("actual_2023"); say ("For example 5/7/2025");\n',
         'app/desk/demo.c': 'say ("Hậu Giang 2025");\n',
         'ui/a.ui': '<property name="label" translatable="yes">Result {year}</property>\n'}
PLANTS = [
    ('a year in a sentence', {'app/desk/a.c': 'say ("Result of 2023");\n'}, '“2023”'),
    ('a year in a template', {'ui/a.ui': '<property name="title" translatable="yes">Rating of 2020</property>\n'}, '“2020”'),
    ('the province', {'app/desk/a.c': 'say ("tỉnh Hậu Giang");\n'}, '“Hậu Giang”'),
    ('an address', {'ui/a.ui': '<property name="placeholder-text">https://thidua.haugiang.gov.vn</property>\n'},
     '“haugiang”'),
    ('what the plan calls its works', {'app/desk/a.c': 'say ("Works to welcome the Congress");\n'}, '“Congress”'),
    ('a document', {'ui/a.c': 'is (basis, "04-NQ/TU");\n'}, '“NQ/TU”'),
]

run(check, CLEAN, PLANTS)
