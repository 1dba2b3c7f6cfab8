#!/usr/bin/python3
"""Each layer includes only what stands before it in app/DESIGN.md; no rule, SQL or JSON in ui; no widget in app."""
import re

from checking import LAYERS, line_of, read, run, sources, without_comments

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)
STRING = re.compile(r'"((?:\\.|[^"\\\n])*)"')
SQL = re.compile(r'\b(SELECT|PRAGMA|INSERT (OR \w+ )?INTO|DELETE FROM|CREATE (TABLE|INDEX|VIEW|TRIGGER)|UPDATE \w+ SET'
                 r'|ALTER TABLE|BEGIN IMMEDIATE)\b')
JSON_CALL = re.compile(r'\b(?:td_)?json_\w+[ \t]*\(')
WIDGETS = re.compile(r'^(gtk|gdk|gsk|adw|libadwaita|adwaita)\b')
# Neighbours that must not know each other although the order alone would allow it.
STRANGERS = {'endpoint': {'exchange', 'desk'}, 'exchange': {'endpoint'}, 'desk': {'endpoint'}}


def layer_fault(layer, quoted, name):
    """Why `layer` may not include `name`, or None."""
    head = name.split('/')[0]
    if '..' in name.split('/'):
        return f'"{name}" climbs out of its folder: name the layer instead'
    if quoted and layer != 'ui' and '/' not in name and name != 'config.h':
        return f'"{name}" does not name its layer'
    if head not in LAYERS or '/' not in name:
        return None
    if LAYERS.index(head) > LAYERS.index(layer):
        return f'backward include: {layer} includes "{name}"'
    if head in STRANGERS.get(layer, ()):
        return f'{layer} must not know {head}: "{name}"'
    return None


def ui_faults(text, includes):
    for offset, name in includes:
        if re.match(r'(json-glib|sqlite3|libsoup|json/)', name):
            yield offset, f'ui includes "{name}"'
    for match in STRING.finditer(text):
        if SQL.search(match[1]):
            yield match.start(), f'SQL in ui: {match[0]}'
    for match in JSON_CALL.finditer(text):
        yield match.start(), f'JSON in ui: {match[0]}'


def check(root):
    for path in sources(root, 'app', 'ui'):
        place = path.relative_to(root)
        layer = place.parts[1] if place.parts[0] == 'app' else 'ui'
        if layer not in LAYERS:
            yield f'{place}: "{layer}" is not a layer of app/DESIGN.md'
            continue
        text = without_comments(read(path))
        found = [(m.start(), m[1] == '"', m[2]) for m in INCLUDE.finditer(text)]
        faults = [(offset, layer_fault(layer, quoted, name)) for offset, quoted, name in found]
        if layer == 'ui':
            faults += ui_faults(text, [(offset, name) for offset, _, name in found])
        else:
            faults += [(offset, f'a widget in app: {name}') for offset, _, name in found if WIDGETS.match(name)]
        for offset, fault in faults:
            if fault:
                yield f'{place}:{line_of(text, offset)}: {fault}'


CLEAN = {
    'app/text/a.c': '#include "config.h"\n#include "text/a.h"\n#include <glib.h>\n/* #include "wire/a.h" */\n',
    'app/store/a.c': '#include "wire/a.h"\nconst char *sql = "SELECT 1";\n',
    'ui/window.c': '#include "window.h"\n#include "desk/desk.h"\n#include <adwaita.h>\nconst char *s = "Select a unit";\n',
}
PLANTS = [
    ('a backward include', {'app/text/b.h': '#include "json/json.h"\n'}, 'backward include'),
    ('a backward include between angle brackets', {'app/wire/b.c': '#include <store/a.h>\n'}, 'backward include'),
    ('endpoint includes exchange', {'app/endpoint/b.c': '#include "exchange/engine.h"\n'}, 'must not know exchange'),
    ('exchange includes endpoint', {'app/exchange/b.c': '#include "endpoint/journal.h"\n'}, 'backward include'),
    ('desk includes endpoint', {'app/desk/b.c': '#include "endpoint/journal.h"\n'}, 'must not know endpoint'),
    ('app includes ui', {'app/desk/b.c': '#include "ui/window.h"\n'}, 'backward include'),
    ('an include by ..', {'app/text/b.c': '#include "../json/json.h"\n'}, 'climbs out'),
    ('an include without layer', {'app/text/b.c': '#include "a.h"\n'}, 'does not name its layer'),
    ('a folder that is no layer', {'app/misc/b.c': '\n'}, 'not a layer'),
    ('a widget in app', {'app/desk/b.c': '#include <gtk/gtk.h>\n'}, 'a widget in app'),
    ('libadwaita in app', {'app/desk/b.c': '#include <adwaita.h>\n'}, 'a widget in app'),
    ('json-glib in ui', {'ui/b.c': '#include <json-glib/json-glib.h>\n'}, 'ui includes'),
    ('sqlite in ui', {'ui/b.c': '#include <sqlite3.h>\n'}, 'ui includes'),
    ('libsoup in ui', {'ui/b.h': '#include <libsoup/soup.h>\n'}, 'ui includes'),
    ('SQL in ui', {'ui/b.c': 'run ("SELECT id FROM record");\n'}, 'SQL in ui'),
    ('a JSON call in ui', {'ui/b.c': 'x = json_object_get_member (o, "a");\n'}, 'JSON in ui'),
]

run(check, CLEAN, PLANTS)
