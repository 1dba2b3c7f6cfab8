/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/report-html.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- the document ------------------------------------------------------------------------ */

static void
table_free (gpointer data)
{
  TdPaperTable *self = data;

  g_free (self->caption);
  g_strfreev (self->heads);
  g_free (self->align);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
section_free (gpointer data)
{
  TdPaperSection *self = data;

  g_free (self->heading);
  g_free (self->text);
  g_strfreev (self->notes);
  g_ptr_array_unref (self->tables);
  g_free (self);
}

TdPaper *
td_paper_new (void)
{
  TdPaper *self = g_new0 (TdPaper, 1);

  self->sections = g_ptr_array_new_with_free_func (section_free);
  return self;
}

void
td_paper_free (TdPaper *self)
{
  if (self == NULL)
    return;
  g_free (self->above);
  g_free (self->agency);
  g_free (self->number);
  g_free (self->place_and_day);
  g_free (self->title);
  g_free (self->about);
  g_free (self->addressee);
  g_ptr_array_unref (self->sections);
  g_free (self->capacity);
  g_free (self->position);
  g_free (self->signer);
  g_strfreev (self->recipients);
  g_free (self);
}

TdPaperSection *
td_paper_add_section (TdPaper *self, const char *heading, const char *text)
{
  TdPaperSection *section = g_new0 (TdPaperSection, 1);

  section->heading = g_strdup (heading);
  section->text = g_strdup (text);
  section->tables = g_ptr_array_new_with_free_func (table_free);
  g_ptr_array_add (self->sections, section);
  return section;
}

/** td_paper_add_table: @heads is taken, @caption and @align are copied. */
TdPaperTable *
td_paper_add_table (TdPaperSection *self, const char *caption, const char *align, char **heads)
{
  TdPaperTable *table = g_new0 (TdPaperTable, 1);

  table->caption = g_strdup (caption);
  table->align = g_strdup (align);
  table->heads = heads;
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_ptr_array_add (self->tables, table);
  return table;
}

void
td_paper_add_row (TdPaperTable *self, char **cells)
{
  g_ptr_array_add (self->rows, cells);
}

/* ---- pieces ---------------------------------------------------------------------------------- */

/* Sizes, margins and places: forms.md 2.1 to 2.3. The right head is wide enough for the
 * state's name at 12 pt, which must not wrap. */
static const char STYLE[]
    = "@page{size:A4 portrait;margin:20mm 15mm 20mm 30mm;@top-center{content:counter(page)}}"
      "@page:first{@top-center{content:none}}"
      "body{font:14pt/1.35 'Times New Roman','Liberation Serif',serif;color:#000;background:#fff;max-width:165mm;"
      "margin:0 auto}"
      "@media screen{body{padding:20mm 15mm 20mm 30mm}}"
      "p{margin:0 0 6pt;text-align:justify;text-indent:10mm}"
      "table.head{width:165mm;border-collapse:collapse;table-layout:fixed}"
      "table.head td{padding:0;text-align:center;vertical-align:top}"
      ".left{width:73mm}.right{width:92mm}"
      ".above{font-size:12pt}.agency{font-size:12pt;font-weight:bold}"
      ".state{font-size:12pt;font-weight:bold;white-space:nowrap}"
      ".motto{font-size:13pt;font-weight:bold;display:inline-block;border-bottom:1px solid;padding-bottom:1pt}"
      ".rule{width:28mm;border-bottom:1px solid;margin:1pt auto 6pt}"
      ".number{font-size:13pt}.day{font-size:13pt;font-style:italic}"
      "h1{font-size:14pt;text-align:center;margin:18pt 0 0}"
      ".about{font-weight:bold;text-align:center;text-indent:0}"
      ".to{text-align:center;text-indent:0;margin:12pt 0}"
      "h2{font-size:14pt;margin:12pt 0 6pt}"
      "table.data{width:100%;border-collapse:collapse;font-size:12pt;margin:0 0 8pt}"
      "table.data caption{text-align:left;font-style:italic;font-size:13pt;padding:4pt 0}"
      "table.data th,table.data td{border:1px solid;padding:2pt 4pt;vertical-align:top;overflow-wrap:anywhere}"
      "table.data tr{page-break-inside:avoid}thead{display:table-header-group}"
      ".l{text-align:left}.c{text-align:center}.r{text-align:right}"
      "table.foot{width:165mm;border-collapse:collapse;margin-top:18pt;page-break-inside:avoid}"
      "table.foot td{vertical-align:top;padding:0}"
      ".copies{font-size:12pt;font-weight:bold;font-style:italic}.list{font-size:11pt}"
      ".sign{text-align:center;font-weight:bold;width:92mm}.space{height:25mm}";

static void
put (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text == NULL ? "" : text, -1);

  g_string_append (out, escaped);
}

static void
put_in (GString *out, const char *open, const char *text, const char *close)
{
  g_string_append (out, open);
  put (out, text);
  g_string_append (out, close);
}

/* Lines of @text, each within @open and @close; empty ones are left out. */
static void
put_lines (GString *out, const char *open, const char *text, const char *close)
{
  g_auto (GStrv) lines = g_strsplit (text == NULL ? "" : text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      put_in (out, open, lines[i], close);
}

static void
put_head (GString *out, const TdPaper *self)
{
  g_string_append (out, "<table class=\"head\"><tr><td class=\"left\">");
  if (*self->above != '\0')
    put_in (out, "<div class=\"above\">", self->above, "</div>");
  put_lines (out, "<div class=\"agency\">", self->agency, "</div>");
  g_string_append (out, "<div class=\"rule\"></div></td><td class=\"right\">");
  put_in (out, "<div class=\"state\">", _ ("SOCIALIST REPUBLIC OF VIET NAM"), "</div>");
  put_in (out, "<div class=\"motto\">", _ ("Independence - Freedom - Happiness"), "</div></td></tr>");
  g_string_append (out, "<tr><td class=\"left number\">");
  put (out, _ ("No.:"));
  put_in (out, " ", *self->number == '\0' ? "        /BC-…" : self->number, "</td>");
  put_in (out, "<td class=\"right day\">", self->place_and_day, "</td></tr></table>\n");
}

static void
put_title (GString *out, const TdPaper *self)
{
  put_in (out, "<h1>", self->title, "</h1>\n");
  put_lines (out, "<p class=\"about\">", self->about, "</p>\n");
  g_string_append (out, "<div class=\"rule\"></div>\n");
  if (*self->addressee != '\0')
    {
      g_autofree char *to = g_strdup_printf (_ ("To: %s"), self->addressee);

      put_in (out, "<p class=\"to\">", to, "</p>\n");
    }
}

static const char *
class_of (const TdPaperTable *table, guint at)
{
  char letter = at < strlen (table->align) ? table->align[at] : 'l';

  return letter == 'c' ? "c" : letter == 'r' ? "r" : "l";
}

static void
put_table (GString *out, const TdPaperTable *table)
{
  put_in (out, "<table class=\"data\"><caption>", table->caption, "</caption><thead><tr>");
  for (guint i = 0; table->heads[i] != NULL; i++)
    put_in (out, "<th>", table->heads[i], "</th>");
  g_string_append (out, "</tr></thead><tbody>\n");
  for (guint r = 0; r < table->rows->len; r++)
    {
      char **cells = table->rows->pdata[r];

      g_string_append (out, "<tr>");
      for (guint i = 0; cells[i] != NULL; i++)
        {
          g_string_append_printf (out, "<td class=\"%s\">", class_of (table, i));
          put_in (out, "", cells[i], "</td>");
        }
      g_string_append (out, "</tr>\n");
    }
  g_string_append (out, "</tbody></table>\n");
}

static void
put_section (GString *out, const TdPaperSection *section)
{
  put_in (out, "<h2>", section->heading, "</h2>\n");
  put_lines (out, "<p>", section->text, "</p>\n");
  for (guint i = 0; section->notes != NULL && section->notes[i] != NULL; i++)
    put_in (out, "<p>", section->notes[i], "</p>\n");
  for (guint i = 0; i < section->tables->len; i++)
    put_table (out, section->tables->pdata[i]);
}

static void
put_foot (GString *out, const TdPaper *self)
{
  g_string_append (out, "<table class=\"foot\"><tr><td>");
  put_in (out, "<div class=\"copies\">", _ ("Recipients:"), "</div>");
  for (guint i = 0; self->recipients != NULL && self->recipients[i] != NULL; i++)
    put_in (out, "<div class=\"list\">- ", self->recipients[i], "</div>");
  g_string_append (out, "</td><td class=\"sign\">");
  put_lines (out, "<div>", self->capacity, "</div>");
  put_lines (out, "<div>", self->position, "</div>");
  put_in (out, "<div class=\"space\"></div><div>", self->signer, "</div></td></tr></table>\n");
}

/** td_paper_html: the whole document, UTF-8. */
char *
td_paper_html (const TdPaper *self)
{
  GString *out = g_string_new ("<!DOCTYPE html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\">\n");

  /* Nothing in it may reach out or run, whatever somebody wrote into a field. */
  g_string_append (out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                        "style-src 'unsafe-inline'\">\n");
  put_in (out, "<title>", self->about, "</title>\n");
  g_string_append_printf (out, "<style>%s</style></head>\n<body>\n", STYLE);
  put_head (out, self);
  put_title (out, self);
  for (guint i = 0; i < self->sections->len; i++)
    put_section (out, self->sections->pdata[i]);
  put_foot (out, self);
  g_string_append (out, "</body></html>\n");
  return g_string_free (out, FALSE);
}
