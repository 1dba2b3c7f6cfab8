/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/paste.h"

#include "desk/dated.h"
#include "desk/desk-private.h"
#include "text/vietnamese.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_ROWS 500   /* more is no list of targets but a mistake of the hand */
#define ROWS_A_WRITE 20 /* an operation has a limit of size, a disk one of patience */
#define MOST_CELL 2000  /* characters */

typedef struct
{
  char *member;
  char *text;  /* as it was pasted */
  char *value; /* canonical; NULL: it can't be read */
} Cell;

typedef struct
{
  GPtrArray *cells; /* Cell, without the empty ones */
  gboolean bad;
} Row;

struct _TdPaste
{
  TdDesk *desk;
  char *record;
  char *prefix;
  char *type;
  GPtrArray *rows;
  GPtrArray *problems;
  guint bad_rows;
  guint bad_cells;
  gboolean cut;
};

static void
cell_free (gpointer data)
{
  Cell *cell = data;

  g_free (cell->member);
  g_free (cell->text);
  g_free (cell->value);
  g_free (cell);
}

static void
row_free (gpointer data)
{
  g_ptr_array_unref (((Row *)data)->cells);
  g_free (data);
}

/* ---- headings ---------------------------------------------------------------------------------- */

/* What people call the columns, without tones; the first that begins a heading counts. */
static const struct
{
  const char *prefix;
  const char *words;
  const char *member;
} HEADINGS[] = {
  { "target", "den {last}", "by_half_year" },
  { "target", "muc phan dau", "by_half_year" },
  { "target", "phan dau", "by_half_year" },
  { "target", "chi tieu den nam {year}", "plan" },
  { "target", "den nam {year}", "plan" },
  { "target", "ke hoach", "plan" },
  { "target", "chi tieu", "name" },
  { "target", "ten", "name" },
  { "target", "noi dung", "name" },
  { "target", "don vi tinh", "unit" },
  { "target", "dvt", "unit" },
  { "target", "ngay", "result_date" },
  { "target", "ket qua", "actual" },
  { "target", "thuc hien", "actual" },
  { "target", "can cu", "basis" },
  { "target", "van ban", "basis" },
  { "target", "minh chung", "evidence" },
  { "target", "toi da", "cap" },
  { "target", "gia tri toi da", "cap" },
  { "target", "cao nhat", "cap" },
  { "target", "dot", "phase" },
  { "target", "nam", "year" },
  { "target", "chieu", "direction" },
  { "target", "loai", "direction" },
  { "participant", "loai", "kind" },
  { "participant", "tap the, ca nhan", "kind" },
  { "participant", "doi tuong", "kind" },
  { "participant", "don vi", "unit" },
  { "participant", "co quan", "unit" },
  { "participant", "noi cong tac", "unit" },
  { "participant", "ten", "name" },
  { "participant", "ho va ten", "name" },
  { "participant", "ho ten", "name" },
  { "indicator", "chi tieu", "name" },
  { "indicator", "ten", "name" },
  { "indicator", "don vi tinh", "unit" },
  { "indicator", "ket qua nam {year-2}", "actual_2023" },
  { "indicator", "nam {year-2}", "actual_2023" },
  { "indicator", "muc tieu", "target_2025" },
  { "indicator", "ke hoach nam {year-1}", "plan_2024" },
  { "indicator", "ket qua nam {year-1}", "result_2024" },
  { "indicator", "ke hoach nam {year}", "plan_2025" },
  { "indicator", "ket qua den", "result_half_2025" },
};

static const char *
heading_member (TdDesk *desk, const char *prefix, const char *cell)
{
  g_autofree char *fold = td_text_fold (cell);

  g_strstrip (fold);
  for (guint i = 0; i < G_N_ELEMENTS (HEADINGS); i++)
    {
      g_autofree char *words = td_desk_dated (desk, HEADINGS[i].words);

      if (strcmp (HEADINGS[i].prefix, prefix) == 0 && g_str_has_prefix (fold, words))
        return HEADINGS[i].member;
    }
  return NULL;
}

static gboolean
is_number_heading (const char *cell)
{
  g_autofree char *fold = td_text_fold (cell);

  g_strstrip (fold);
  return strcmp (fold, "stt") == 0 || strcmp (fold, "tt") == 0 || strcmp (fold, "so tt") == 0;
}

/* The members of the columns when @cells is a heading: two known names, or one beside "STT".
 * Columns nobody knows are NULL. */
static GPtrArray *
read_heading (TdDesk *desk, const char *prefix, char **cells)
{
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();
  guint known = 0;

  for (guint i = 0; cells[i] != NULL; i++)
    {
      const char *member = heading_member (desk, prefix, cells[i]);

      for (guint c = 0; member != NULL && c < columns->len; c++)
        if (g_strcmp0 (columns->pdata[c], member) == 0)
          member = NULL;
      known += member != NULL || (i == 0 && is_number_heading (cells[i]));
      g_ptr_array_add (columns, (gpointer)member);
    }
  return known >= 2 || (known == 1 && columns->len == 1) ? g_steal_pointer (&columns) : NULL;
}

static gboolean
is_number_of_row (const char *cell)
{
  if (*cell == '\0')
    return FALSE;
  for (; *cell != '\0'; cell++)
    if (!g_ascii_isdigit (*cell) && *cell != '.')
      return FALSE;
  return TRUE;
}

/* Without a heading the columns are those of the form, after a number of the row where there is one. */
static GPtrArray *
usual_columns (const char *const *members, char **cells)
{
  GPtrArray *columns = g_ptr_array_new ();

  if (cells[0] != NULL && cells[1] != NULL && is_number_of_row (cells[0]))
    g_ptr_array_add (columns, NULL);
  for (guint i = 0; members[i] != NULL; i++)
    g_ptr_array_add (columns, (gpointer)members[i]);
  return columns;
}

/* ---- cells ----------------------------------------------------------------------------------------- */

/* Words for the codes of the form; what is none of them can't be read. */
static const struct
{
  const char *member;
  const char *words; /* folded */
  const char *code;
} CODES[] = {
  { "kind", "tap the", "collective" },
  { "kind", "ca nhan", "individual" },
  { "breakthrough", "x", "yes" },
  { "breakthrough", "co", "yes" },
  { "breakthrough", "dot pha", "yes" },
  { "direction", "cao hon", "HIGHER_BETTER" },
  { "direction", "cao", "HIGHER_BETTER" },
  { "direction", "thap hon", "LOWER_BETTER" },
  { "direction", "thap", "LOWER_BETTER" },
  { "direction", "bang loi", "QUALITATIVE" },
  { "direction", "dinh tinh", "QUALITATIVE" },
};

/* A phase by its number, "đợt 1", or as the plan names it; owned, NULL: none of them. */
static char *
typed_phase (TdDesk *desk, const char *fold)
{
  g_autofree char *codes = td_desk_dated (desk, "{phase-numbers}");
  g_auto (GStrv) numbers = g_strsplit (codes, "\n", -1);

  for (guint i = 0; numbers[i] != NULL; i++)
    {
      g_autofree char *ordinal = g_strconcat ("dot ", numbers[i], NULL);
      g_autofree char *name = td_desk_phase_name (desk, numbers[i]);
      g_autofree char *folded = td_text_fold (name);

      if (strcmp (fold, numbers[i]) == 0 || strcmp (fold, ordinal) == 0 || strcmp (fold, folded) == 0)
        return g_strdup (numbers[i]);
    }
  return NULL;
}

static char *
typed_code (TdDesk *desk, const char *member, const char *text, GError **error)
{
  g_autofree char *fold = td_text_fold (text);
  g_autofree char *sentence = NULL;
  char *phase = strcmp (member, "phase") == 0 ? typed_phase (desk, fold) : NULL;

  if (phase != NULL)
    return phase;
  for (guint i = 0; i < G_N_ELEMENTS (CODES); i++)
    if (strcmp (CODES[i].member, member) == 0 && strcmp (CODES[i].words, fold) == 0)
      return g_strdup (CODES[i].code);
  sentence = g_strdup_printf (_ ("“%s” is none of the choices."), text);
  td_desk_fail (error, TD_DESK_ERROR_INPUT, sentence);
  return NULL;
}

/* A target in words: its plan and result are words too. */
static gboolean
is_in_words (const Row *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    {
      const Cell *cell = row->cells->pdata[i];

      if (strcmp (cell->member, "direction") == 0 && g_strcmp0 (cell->value, "QUALITATIVE") == 0)
        return TRUE;
    }
  return FALSE;
}

static char *
typed (const TdPaste *self, const Row *row, const char *member, const char *text, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/-/%s", self->prefix, member);
  TdMemberKind kind = td_member_kind (self->type, path);

  if (g_utf8_strlen (text, -1) > MOST_CELL)
    {
      td_desk_fail (error, TD_DESK_ERROR_INPUT, _ ("The text is too long."));
      return NULL;
    }
  if (kind == TD_MEMBER_CODE)
    return typed_code (self->desk, member, text, error);
  if (kind == TD_MEMBER_NUMBER && is_in_words (row))
    return td_text_clean_name (text);
  return td_member_typed (NULL, self->type, path, text, error);
}

static const char *
name_of (const Row *row)
{
  for (guint i = 0; i < row->cells->len; i++)
    if (strcmp (((Cell *)row->cells->pdata[i])->member, "name") == 0)
      return ((Cell *)row->cells->pdata[i])->text;
  return "";
}

static void
note_problem (TdPaste *self, const Row *row, const char *sentence)
{
  const char *name = name_of (row);

  self->bad_cells++;
  g_ptr_array_add (self->problems, *name == '\0'
                                       ? g_strdup_printf (_ ("Row %u: %s"), self->rows->len + 1, sentence)
                                       : g_strdup_printf (_ ("Row %u, “%s”: %s"), self->rows->len + 1, name, sentence));
}

static void
read_cell (TdPaste *self, Row *row, const char *member, const char *text)
{
  g_autoptr (GError) error = NULL;
  Cell *cell;

  if (*text == '\0')
    return;
  cell = g_new0 (Cell, 1);
  cell->member = g_strdup (member);
  cell->text = g_strdup (text);
  cell->value = typed (self, row, member, text, &error);
  g_ptr_array_add (row->cells, cell);
  if (cell->value != NULL)
    return;
  row->bad = TRUE;
  note_problem (self, row, error == NULL ? _ ("The text can't be read.") : error->message);
}

/* The direction first: it decides what a plan may be. */
static void
read_row (TdPaste *self, GPtrArray *columns, char **cells)
{
  Row *row = g_new0 (Row, 1);

  row->cells = g_ptr_array_new_with_free_func (cell_free);
  for (int first = TRUE; first >= FALSE; first--)
    for (guint i = 0; i < columns->len && cells[i] != NULL; i++)
      {
        const char *member = columns->pdata[i];

        if (member != NULL && (strcmp (member, "direction") == 0) == first)
          read_cell (self, row, member, g_strstrip (cells[i]));
      }
  if (row->cells->len == 0)
    {
      row_free (row);
      return;
    }
  self->bad_rows += row->bad;
  g_ptr_array_add (self->rows, row);
}

/* ---- lines ------------------------------------------------------------------------------------------- */

/* Excel puts a cell with a line break or a quote between quotes: such a break is no new row. */
static GPtrArray *
split_cells (const char **at)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);
  const char *p = *at;
  gboolean more = TRUE;

  while (more)
    {
      GString *cell = g_string_new (NULL);
      const char *close = *p == '"' ? strchr (p + 1, '"') : NULL;
      gboolean quoted = close != NULL;

      p += quoted;
      for (; *p != '\0' && (quoted || (*p != '\t' && *p != '\n')); p++)
        {
          if (quoted && *p == '"' && p[1] != '"')
            quoted = FALSE;
          else if (quoted && *p == '"')
            g_string_append_c (cell, *p++);
          else
            g_string_append_c (cell, *p == '\r' || *p == '\n' ? ' ' : *p);
        }
      more = *p == '\t';
      p += *p != '\0';
      g_strstrip (cell->str);
      g_ptr_array_add (cells, g_string_free (cell, FALSE));
    }
  g_ptr_array_add (cells, NULL);
  *at = p;
  return cells;
}

static gboolean
is_blank (char **cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    if (*cells[i] != '\0')
      return FALSE;
  return TRUE;
}

static void
read_lines (TdPaste *self, const char *const *members, const char *text)
{
  GPtrArray *heading = NULL;
  gboolean first = TRUE;

  while (*text != '\0')
    {
      g_autoptr (GPtrArray) cells = split_cells (&text);
      g_autoptr (GPtrArray) usual = NULL;
      char **line = (char **)cells->pdata;

      if (is_blank (line))
        continue;
      if (first)
        heading = read_heading (self->desk, self->prefix, line);
      if (first && heading != NULL)
        {
          first = FALSE;
          continue;
        }
      first = FALSE;
      self->cut = self->rows->len >= MOST_ROWS;
      if (self->cut)
        break;
      usual = heading == NULL ? usual_columns (members, line) : NULL;
      read_row (self, heading == NULL ? usual : heading, line);
    }
  g_clear_pointer (&heading, g_ptr_array_unref);
}

TdPaste *
td_paste_read (TdDesk *desk, const char *record, const char *prefix, const char *const *members, const char *text)
{
  TdPaste *self;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (TD_IS_DESK (desk) && record != NULL && prefix != NULL && members != NULL, NULL);

  self = g_new0 (TdPaste, 1);
  self->desk = g_object_ref (desk);
  self->record = g_strdup (record);
  self->prefix = g_strdup (prefix);
  self->type = g_strdup (td_desk_type (desk, record));
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  clean = text == NULL ? NULL : td_text_clean (text, -1);
  if (clean != NULL && self->type != NULL)
    read_lines (self, members, clean);
  return self;
}

void
td_paste_free (TdPaste *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->desk);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->problems);
  g_free (self->record);
  g_free (self->prefix);
  g_free (self->type);
  g_free (self);
}

guint
td_paste_rows (const TdPaste *self)
{
  return self->rows->len;
}

guint
td_paste_bad_rows (const TdPaste *self)
{
  return self->bad_rows;
}

guint
td_paste_bad_cells (const TdPaste *self)
{
  return self->bad_cells;
}

gboolean
td_paste_cut (const TdPaste *self)
{
  return self->cut;
}

GPtrArray *
td_paste_problems (const TdPaste *self)
{
  return self->problems;
}

/* ---- writing -------------------------------------------------------------------------------------------- */

typedef struct
{
  TdPaste *paste;
  GArray *pairs;     /* TdPair, into @texts */
  GPtrArray *texts;  /* owned */
  GPtrArray *drafts; /* key, text, key, text … */
  gint64 order;
} Write;

static void
put (Write *write, char *path, const char *text)
{
  TdPair pair = { path, g_strdup (text) };

  g_ptr_array_add (write->texts, path);
  g_ptr_array_add (write->texts, (char *)pair.text);
  g_array_append_val (write->pairs, pair);
}

static void
put_row (Write *write, const Row *row)
{
  TdPaste *self = write->paste;
  g_autofree char *key = td_desk_new_id (self->desk);
  g_autofree char *order = g_strdup_printf ("%" G_GINT64_FORMAT, ++write->order);

  put (write, g_strdup_printf ("%s/%s/order", self->prefix, key), order);
  for (guint i = 0; i < row->cells->len; i++)
    {
      const Cell *cell = row->cells->pdata[i];
      char *path = g_strdup_printf ("%s/%s/%s", self->prefix, key, cell->member);

      if (cell->value != NULL)
        put (write, path, cell->value);
      else
        {
          g_ptr_array_add (write->drafts, g_strdup_printf ("field/%s/%s", self->record, path));
          g_ptr_array_add (write->drafts, g_strdup (cell->text));
          g_free (path);
        }
    }
}

static gboolean
flush (Write *write, GError **error)
{
  TdPaste *self = write->paste;
  gboolean written = write->pairs->len == 0
                     || td_desk_write (self->desk, self->record, self->type,
                                       (const TdPair *)(gpointer)write->pairs->data, write->pairs->len, NULL, error);

  for (guint i = 0; written && i + 1 < write->drafts->len; i += 2)
    td_desk_set_draft (self->desk, write->drafts->pdata[i], write->drafts->pdata[i + 1]);
  g_array_set_size (write->pairs, 0);
  g_ptr_array_set_size (write->texts, 0);
  g_ptr_array_set_size (write->drafts, 0);
  return written;
}

static gint64
last_order (TdPaste *self)
{
  g_autoptr (GPtrArray) keys = td_desk_keys (self->desk, self->record, self->prefix);
  gint64 last = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s/order", self->prefix, (char *)keys->pdata[i]);
      g_autofree char *order = td_desk_text (self->desk, self->record, path);

      last = MAX (last, g_ascii_strtoll (order, NULL, 10));
    }
  return last;
}

static int
write_rows (Write *write, gboolean valid_only, GError **error)
{
  TdPaste *self = write->paste;
  int taken = 0, waiting = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];

      if (valid_only && row->bad)
        continue;
      put_row (write, row);
      if (++waiting < ROWS_A_WRITE)
        continue;
      if (!flush (write, error))
        return -1;
      taken += waiting;
      waiting = 0;
    }
  return flush (write, error) ? taken + waiting : -1;
}

int
td_paste_take (TdPaste *self, gboolean valid_only, GError **error)
{
  Write write = { self, NULL, NULL, NULL, 0 };
  int taken;

  if (self->type == NULL || !td_desk_may_set (self->desk, self->record, self->prefix))
    {
      td_desk_fail (error, TD_DESK_ERROR_REFUSED, _ ("Rows can't be added here now. Nothing was changed."));
      return -1;
    }
  write.pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  write.texts = g_ptr_array_new_with_free_func (g_free);
  write.drafts = g_ptr_array_new_with_free_func (g_free);
  write.order = last_order (self);
  taken = write_rows (&write, valid_only, error);
  g_array_unref (write.pairs);
  g_ptr_array_unref (write.texts);
  g_ptr_array_unref (write.drafts);
  return taken;
}
