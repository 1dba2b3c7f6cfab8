/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk/demo-load.h"

#include "desk/demo-reports.h"

#include "desk/desk-private.h"
#include "dossier/crypto.h"
#include "dossier/sample.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/* The units that play. Those with a name of their own are the windows that
 * app/run --demo opens; the rest keep their data bases for other windows. */
static const struct
{
  const char *code;
  const char *file;
  const char *roles;
  const char *person;
  const char *position;
} CAST[] = {
  { "ban-tdkt", "board.db", "OLAS", "Lâm Thị Thẩm Định", "Chuyên viên Ban Thi đua - Khen thưởng" },
  { "van-phong-tinh-uy", "party.db", "ORL", "Đỗ Văn Rà Soát", "Phó Trưởng phòng, Văn phòng Tỉnh ủy" },
  { "935", "district.db", "OL", "Trần Thị Nội Vụ", "Trưởng phòng Nội vụ huyện Vị Thủy" },
  { "937", "units/937.db", "OL", "Lê Văn Tổng Hợp", "Trưởng phòng Nội vụ thị xã Long Mỹ" },
  { "31447", "commune.db", "OL", "Nguyễn Thị Ví Dụ", "Công chức Văn phòng - Thống kê xã Vị Thủy" },
  { "31481", "units/31481.db", "OL", "Phạm Văn Thí Điểm", "Công chức Văn phòng - Thống kê xã Tân Phú" },
  { "so-y-te", "units/so-y-te.db", "OL", "Hồ Thị Khảo Sát", "Chánh Văn phòng Sở Y tế" },
  { "dn-mau-mot", "units/dn-mau-mot.db", "OL", "Triệu Văn Doanh", "Trưởng phòng Tổ chức" },
};

struct _TdDemo
{
  char *dir;
  char *datadir;
  char *url;
  char *endpoint_program;
  TdCampaign *campaign;
  TdUnits *units;
  TdSample *sample;
  GHashTable *desks; /* unit key -> TdDesk */
};

static char *
read_file (const char *path, GError **error)
{
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, error);
  return text;
}

static gboolean
read_plan (TdDemo *self, GError **error)
{
  g_autofree char *plan = g_build_filename (self->datadir, "campaigns", "hau-giang-2025.json", NULL);
  g_autofree char *text = read_file (plan, error);
  g_autofree char *units = NULL;
  g_autofree char *units_text = NULL;

  self->campaign = text == NULL ? NULL : td_campaign_parse (text, -1, error);
  if (self->campaign == NULL)
    return FALSE;
  units = g_build_filename (self->datadir, "units", td_campaign_units_file (self->campaign), NULL);
  units_text = read_file (units, error);
  self->units = units_text == NULL ? NULL : td_units_parse (units_text, -1, error);
  return self->units != NULL;
}

TdDemo *
td_demo_new (const char *dir,
             const char *datadir,
             const char *url,
             const char *endpoint_program,
             const char *sample_file,
             GError **error)
{
  TdDemo *self = g_new0 (TdDemo, 1);
  g_autofree char *units = g_build_filename (dir, "units", NULL);
  g_autofree char *text = NULL;

  self->dir = g_strdup (dir);
  self->datadir = g_strdup (datadir);
  self->url = g_strdup (url);
  self->endpoint_program = g_strdup (endpoint_program);
  self->desks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_mkdir_with_parents (units, 0700);
  text = read_file (sample_file, error);
  if (text != NULL && read_plan (self, error))
    self->sample = td_sample_parse (text, strlen (text), self->campaign, self->units, error);
  if (self->sample == NULL)
    g_clear_pointer (&self, td_demo_free);
  return self;
}

void
td_demo_free (TdDemo *self)
{
  GHashTableIter iter;
  gpointer desk;

  if (self == NULL)
    return;
  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &desk))
    td_desk_close (desk);
  g_hash_table_unref (self->desks);
  g_clear_pointer (&self->sample, td_sample_free);
  g_clear_pointer (&self->campaign, td_campaign_unref);
  g_clear_pointer (&self->units, td_units_unref);
  g_free (self->dir);
  g_free (self->datadir);
  g_free (self->url);
  g_free (self->endpoint_program);
  g_free (self);
}

/* ---- desks ---------------------------------------------------------------------- */

static char *
make_code (TdDemo *self, const char *unit, const char *roles, GError **error)
{
  g_autofree char *data = g_build_filename (self->dir, "endpoint", NULL);
  g_autoptr (GSubprocess) program = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, error, self->endpoint_program,
                                                      "--data", data, "--make-code", unit, roles, NULL);
  g_autofree char *output = NULL;

  if (program == NULL || !g_subprocess_communicate_utf8 (program, NULL, NULL, &output, NULL, error))
    return NULL;
  if (!g_subprocess_get_successful (program))
    {
      g_set_error (error, TD_DESK_ERROR, TD_DESK_ERROR_EXCHANGE, _ ("The endpoint made no enrolment code for %s."),
                   unit);
      return NULL;
    }
  return g_strdup (g_strstrip (output));
}

typedef struct
{
  GAsyncResult *result;
  GMainLoop *loop;
} Wait;

static void
done (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;

  wait->result = g_object_ref (result);
  g_main_loop_quit (wait->loop);
}

static gboolean
enrol (TdDemo *self, TdDesk *desk, const char *unit, const char *roles, GError **error)
{
  g_autofree char *code = make_code (self, unit, roles, error);
  Wait wait = { NULL, NULL };
  gboolean ok;

  if (code == NULL)
    return FALSE;
  wait.loop = g_main_loop_new (NULL, FALSE);
  td_desk_enroll_async (desk, self->url, code, NULL, done, &wait);
  g_main_loop_run (wait.loop);
  ok = td_desk_enroll_finish (desk, wait.result, error);
  g_object_unref (wait.result);
  g_main_loop_unref (wait.loop);
  return ok;
}

static gboolean
open_desk (TdDemo *self, guint cast, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, CAST[cast].file, NULL);
  const TdUnit *unit = td_units_by_code (self->units, CAST[cast].code, td_campaign_start (self->campaign));
  g_autoptr (TdDesk) desk = td_desk_open (path, self->datadir, error);

  if (desk == NULL || !td_desk_choose_unit (desk, unit->key, error))
    return FALSE;
  td_desk_set_person (desk, CAST[cast].person, CAST[cast].position);
  if (!enrol (self, desk, unit->code, CAST[cast].roles, error))
    return FALSE;
  g_hash_table_insert (self->desks, g_strdup (unit->key), g_steal_pointer (&desk));
  return TRUE;
}

static TdDesk *
desk_of (TdDemo *self, const char *code)
{
  const TdUnit *unit = td_units_by_code (self->units, code, td_campaign_start (self->campaign));

  return unit == NULL ? NULL : g_hash_table_lookup (self->desks, unit->key);
}

/* ---- what the units type ------------------------------------------------------------ */

static gboolean
is_file (const char *path)
{
  return g_str_has_prefix (path, "file/");
}

/* The members of a sample record, without its papers (they are made and attached). */
static gboolean
write_record (TdDesk *desk, const char *id, const TdRecord *record, const char *skip, GError **error)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (TdPair));
  GHashTableIter iter;
  gpointer path;

  g_hash_table_iter_init (&iter, record->members);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    {
      TdPair pair = { path, NULL };

      if (is_file (path) || (skip != NULL && g_str_has_prefix (path, skip)))
        continue;
      pair.text = td_record_text (record, path);
      g_ptr_array_add (texts, (char *)pair.text);
      g_array_append_val (pairs, pair);
    }
  return pairs->len == 0
         || td_desk_write (desk, id, record->type, (const TdPair *)(gpointer)pairs->data, pairs->len, NULL, error);
}

/* ---- papers ---------------------------------------------------------------------------- */

static gboolean
attach (TdDemo *self, TdDesk *desk, const char *record, const char *kind, const char *const *lines, GError **error)
{
  g_autofree char *folder = g_build_filename (self->dir, "papers", NULL);
  g_autofree char *name = g_strdup_printf ("%s-%.8s.pdf", kind, record);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *heading = g_utf8_strup (td_words_paper (kind), -1);
  g_autofree char *unit = g_utf8_strup (td_desk_unit (desk)->full_name, -1);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  Wait wait = { NULL, NULL };
  gboolean ok;

  g_mkdir_with_parents (folder, 0700);
  if (!td_demo_paper (path, unit, heading, lines, error))
    return FALSE;
  wait.loop = g_main_loop_new (NULL, FALSE);
  td_desk_attach_async (desk, record, kind, file, NULL, done, &wait);
  g_main_loop_run (wait.loop);
  ok = td_desk_attach_finish (desk, wait.result, error);
  g_object_unref (wait.result);
  g_main_loop_unref (wait.loop);
  return ok;
}

static gboolean
attach_papers (TdDemo *self, TdDesk *desk, const TdRecord *record, GError **error)
{
  g_autoptr (GPtrArray) keys = td_record_keys (record, "file");
  g_autofree char *name = td_record_text (record, "name");
  g_autofree char *position = td_record_text (record, "position");
  const char *const lines[] = { name, position, "Nội dung văn bản phục vụ hồ sơ đề nghị khen thưởng.", NULL };

  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *path = g_strdup_printf ("file/%s/kind", (char *)keys->pdata[i]);
      g_autofree char *kind = td_record_text (record, path);

      if (!attach (self, desk, record->id, kind, lines, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
attach_letters (TdDemo *self, TdDesk *desk, const char *submission, GError **error)
{
  g_autofree char *number = td_desk_text (desk, submission, "letter/number");
  g_autofree char *minutes = td_desk_text (desk, submission, "minutes/number");
  const char *const letter_lines[] = { "Số:", number, "Kính trình cấp trên xem xét, khen thưởng.", NULL };
  const char *const minutes_lines[] = { "Số:", minutes, "Hội đồng Thi đua - Khen thưởng đã họp xét.", NULL };

  return attach (self, desk, submission, "TO_TRINH", letter_lines, error)
         && attach (self, desk, submission, "BIEN_BAN", minutes_lines, error);
}

/* Ledgers, catalogue and nominations, each by its own unit's device. */
static gboolean
type_records (TdDemo *self, GError **error)
{
  for (guint i = 0; i < self->sample->records->len; i++)
    {
      const TdRecord *record = self->sample->records->pdata[i];
      TdDesk *desk = g_hash_table_lookup (self->desks, record->owner);

      if (desk == NULL || strcmp (record->type, "submission") == 0)
        continue;
      if (!write_record (desk, record->id, record, NULL, error))
        return FALSE;
      if (strcmp (record->type, "nomination") == 0 && !attach_papers (self, desk, record, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- steps ------------------------------------------------------------------------------- */

static gboolean
attest_registrations (TdDemo *self, GError **error)
{
  for (guint i = 0; i < self->sample->receipts->len; i++)
    {
      const TdSampleReceipt *receipt = self->sample->receipts->pdata[i];
      TdDesk *desk = g_hash_table_lookup (self->desks, receipt->level->key);
      g_autofree char *day = td_date_to_iso (receipt->day);
      const char *const dossiers[] = { receipt->dossier, NULL };
      const char *const words[]
          = { "unit",  receipt->unit->key,         "type", "registration", "day", day, "time", "08:00",
              "paper", "Văn bản đăng ký năm 2024", NULL };

      if (desk == NULL || g_hash_table_lookup (self->desks, receipt->unit->key) == NULL)
        continue;
      if (!td_desk_step (desk, "attest", dossiers, words, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_registrations (TdDemo *self, GError **error)
{
  static const char *const codes[] = { "935", "937", "ban-tdkt" };
  GHashTableIter iter;
  gpointer desk;

  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &desk))
    if (!td_demo_fill_registration (desk, error))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (!td_demo_note_registrations (desk_of (self, codes[i]), error))
      return FALSE;
  return TRUE;
}

/* Takes out of the list what a verdict blocks, until nothing does; it stays a
 * draft, and its reason stands in the live check. */
static guint
keep_what_may_go (TdDesk *desk, GPtrArray *dossiers)
{
  for (guint i = dossiers->len; i > 0; i--)
    {
      const char *id = dossiers->pdata[i - 1];
      const TdJudged *judged = td_desk_judge (desk, id);
      const TdFinding *block = judged == NULL ? NULL : td_findings_block_submit (judged->findings);
      g_autofree char *title = td_desk_title (desk, id);

      if (block == NULL)
        continue;
      g_print ("    %s: %s (%s)\n", title, block->message, block->clause);
      if (td_desk_include (desk, id, FALSE, NULL))
        g_ptr_array_remove_index (dossiers, i - 1);
    }
  return dossiers->len;
}

static gboolean
submit (TdDemo *self, TdDesk *desk, GPtrArray *dossiers, GError **error)
{
  const char *name = td_desk_unit (desk)->full_name;
  char *report = td_demo_report_to_hand_in (desk);

  if (report != NULL)
    g_ptr_array_add (dossiers, report);
  for (guint i = 0; i < dossiers->len; i++)
    if (!td_desk_include (desk, dossiers->pdata[i], TRUE, error))
      return FALSE;
  if (keep_what_may_go (desk, dossiers) == 0)
    {
      g_print (_ ("  %s: nothing may be handed in yet; the drafts stay with their reasons.\n"), name);
      return TRUE;
    }
  if (!td_desk_step (desk, "submit", NULL, NULL, error))
    return FALSE;
  g_print (_ ("  %s: %u dossiers handed in.\n"), name, dossiers->len);
  return TRUE;
}

static const TdRecord *
sample_record (TdDemo *self, const char *id)
{
  for (guint i = 0; i < self->sample->records->len; i++)
    if (strcmp (((TdRecord *)self->sample->records->pdata[i])->id, id) == 0)
      return self->sample->records->pdata[i];
  return NULL;
}

static const TdSampleSubmission *
submission_of (TdDemo *self, const char *code)
{
  for (guint i = 0; i < self->sample->submissions->len; i++)
    {
      const TdSampleSubmission *submission = self->sample->submissions->pdata[i];

      if (strcmp (submission->unit->code, code) == 0)
        return submission;
    }
  return NULL;
}

/* Owned ids of the sample dossiers that travel in the letter of @code, of one owner or of all. */
static GPtrArray *
dossiers_in (TdDemo *self, const char *code, const char *owner)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->sample->dossiers->len; i++)
    {
      const TdSampleDossier *dossier = self->sample->dossiers->pdata[i];

      if (dossier->submission != NULL && strcmp (dossier->submission->unit->code, code) == 0
          && (owner == NULL || strcmp (dossier->unit->code, owner) == 0))
        g_ptr_array_add (ids, g_strdup (dossier->record));
    }
  return ids;
}

/* A commune's own small letter, as its district's says it happened. */
static gboolean
submit_commune (TdDemo *self, const char *district, const char *commune, GError **error)
{
  TdDesk *desk = desk_of (self, commune);
  g_autofree char *submission = td_desk_submission (desk, error);
  g_autoptr (GPtrArray) dossiers = dossiers_in (self, district, commune);
  static const char *const letter[][2] = {
    { "letter/number", "21/TTr-UBND" },
    { "letter/date", "2025-07-03" },
    { "letter/signer_capacity", "TM. ỦY BAN NHÂN DÂN" },
    { "letter/signer_position", "CHỦ TỊCH" },
    { "letter/signer_name", "Đoàn Văn Minh Chứng" },
    { "minutes/number", "02/BB-HĐTĐKT" },
    { "minutes/date", "2025-07-02" },
    { "minutes/chair", "Đoàn Văn Minh Chứng" },
    { "minutes/secretary", "Lâm Thị Thư Ký" },
    { "minutes/present", "7" },
    { "minutes/total", "7" },
  };
  TdPair pairs[G_N_ELEMENTS (letter)];

  if (submission == NULL)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (letter); i++)
    pairs[i] = (TdPair){ letter[i][0], letter[i][1] };
  return td_desk_write (desk, submission, "submission", pairs, G_N_ELEMENTS (pairs), NULL, error)
         && attach_letters (self, desk, submission, error) && submit (self, desk, dossiers, error)
         && td_desk_exchange_wait (desk, error);
}

/* Received from below: all but the last, which is left for the person at the window. */
static gboolean
receive (TdDesk *desk, gboolean leave_one, GError **error)
{
  g_autoptr (GListModel) inbox = NULL;
  guint count;

  if (!td_desk_exchange_wait (desk, error))
    return FALSE;
  inbox = td_desk_dossiers (desk, TD_LIST_INBOX);
  count = g_list_model_get_n_items (inbox);
  for (guint i = 0; i + (leave_one ? 1 : 0) < count; i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (inbox, i);
      const char *const dossiers[] = { item->id, NULL };

      if (strcmp (item->stage, "submitted") == 0 && !td_desk_step (desk, "receive", dossiers, NULL, error))
        return FALSE;
    }
  return td_desk_exchange_wait (desk, error);
}

static gboolean
holds (TdDesk *desk, const char *id)
{
  g_autoptr (TdDossierItem) item = td_desk_dossier (desk, id);

  return item != NULL && item->held && strcmp (item->stage, "submitted") != 0;
}

/* A unit's own letter as the sample has it, with what it holds of its list. */
static gboolean
submit_upward (TdDemo *self, const char *code, GError **error)
{
  TdDesk *desk = desk_of (self, code);
  const TdSampleSubmission *sample = submission_of (self, code);
  g_autofree char *submission = td_desk_submission (desk, error);
  g_autoptr (GPtrArray) dossiers = dossiers_in (self, code, NULL);

  if (submission == NULL || !write_record (desk, submission, sample_record (self, sample->record), "item/", error))
    return FALSE;
  for (guint i = dossiers->len; i > 0; i--)
    if (!holds (desk, dossiers->pdata[i - 1]))
      g_ptr_array_remove_index (dossiers, i - 1);
  return attach_letters (self, desk, submission, error) && submit (self, desk, dossiers, error)
         && td_desk_exchange_wait (desk, error);
}

/* The board first: the catalogue it writes decides what others may hand in. */
/* The board consults the Party Office on a department and a district, whose
 * window has something to answer then. */
static gboolean
consult (TdDemo *self, GError **error)
{
  TdDesk *board = desk_of (self, "ban-tdkt");
  g_autoptr (GListModel) inbox = td_desk_dossiers (board, TD_LIST_INBOX);
  const char *const words[] = { "body", td_campaign_reviewer (self->campaign), NULL };

  for (guint i = 0; i < g_list_model_get_n_items (inbox); i++)
    {
      g_autoptr (TdDossierItem) item = g_list_model_get_item (inbox, i);
      const char *const dossiers[] = { item->id, NULL };

      if (item->collective && strcmp (item->stage, "received") == 0
          && td_campaign_needs_review (self->campaign, item->category, TRUE)
          && !td_desk_step (board, "ask", dossiers, words, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
exchange_all (TdDemo *self, GError **error)
{
  GHashTableIter iter;
  gpointer desk;

  if (!td_desk_exchange_wait (desk_of (self, "ban-tdkt"), error))
    return FALSE;
  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &desk))
    if (!td_desk_exchange_wait (desk, error))
      return FALSE;
  return TRUE;
}

static TdDesk *
find_desk (gpointer data, const char *code)
{
  return desk_of (data, code);
}

static gboolean
type_reports (TdDemo *self, GError **error)
{
  GHashTableIter iter;
  gpointer desk;

  g_hash_table_iter_init (&iter, self->desks);
  while (g_hash_table_iter_next (&iter, NULL, &desk))
    if (!td_demo_type_reports (desk, error))
      return FALSE;
  return TRUE;
}

gboolean
td_demo_load (TdDemo *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (CAST); i++)
    if (!open_desk (self, i, error))
      return FALSE;
  g_print (_ ("  %u desks enrolled; the units type their ledgers and dossiers…\n"), (guint)G_N_ELEMENTS (CAST));
  return type_records (self, error) && type_reports (self, error)
         && td_demo_catalogue (desk_of (self, "ban-tdkt"), error) && attest_registrations (self, error)
         && note_registrations (self, error) && exchange_all (self, error)
         && submit_commune (self, "935", "31447", error) && submit_commune (self, "937", "31481", error)
         && td_demo_attest_reports (desk_of (self, "935"), error) && receive (desk_of (self, "935"), TRUE, error)
         && receive (desk_of (self, "937"), FALSE, error) && submit_upward (self, "937", error)
         && submit_upward (self, "so-y-te", error) && submit_upward (self, "dn-mau-mot", error)
         && submit_upward (self, "935", error) && receive (desk_of (self, "ban-tdkt"), TRUE, error)
         && consult (self, error) && td_demo_circulars (find_desk, self, self->dir, error)
         && exchange_all (self, error);
}
