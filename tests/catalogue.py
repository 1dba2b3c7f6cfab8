"""The strings a person reads: where they stand, and the template of them all."""
import re
import subprocess

from checking import read, sources, without_comments

# The keywords of C; .ui files bring their own rules (gtk4builder.its).
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'ngettext:1,2', 'g_dngettext:2,3', 'g_dgettext:2', 'g_dpgettext2:2c,3']
IN_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|g_dgettext|g_dpgettext2)[ \t\n]*\([^)]*"')
IN_UI = re.compile(r'translatable="(?:yes|true|1)"')


def files_with_strings(root):
    """Paths relative to root, in the order POTFILES.in has them."""
    for path in sources(root, 'app', 'ui', endings=('.c', '.h', '.ui')):
        text = read(path)
        found = IN_UI.search(text) if path.suffix == '.ui' else IN_C.search(without_comments(text))
        if found:
            yield str(path.relative_to(root))


def extract(root, files, output):
    """Writes the template; gives what xgettext had to complain of."""
    if not files:
        output.write_text('', encoding='utf-8')
        return ''
    command = ['xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--package-name=thidua',
               '--flag=_:1:pass-c-format', '--flag=N_:1:pass-c-format', '--flag=C_:2:pass-c-format',
               '--flag=ngettext:1:pass-c-format', '--flag=ngettext:2:pass-c-format', '-k',
               *('-k' + keyword for keyword in KEYWORDS), '--force-po', '-o', str(output), *files]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return done.stderr.strip()
