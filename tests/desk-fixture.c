/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "desk-fixture.h"

#include "desk/plans.h"

#include <stdarg.h>
#include <string.h>

const char *desk_plan;

TdDesk *
desk_new (const char *path, const char *code, const char *person)
{
  GError *error = NULL;
  TdDesk *desk = td_desk_open (path, g_getenv ("TD_DATADIR"), &error);
  const TdUnit *unit;

  g_assert_no_error (error);
  g_assert_nonnull (desk);
  if (person != NULL)
    td_desk_set_person (desk, person, "Chuyên viên");
  if (code == NULL)
    return desk;
  if (desk_plan != NULL)
    td_desk_choose_plan (desk, desk_plan, &error);
  g_assert_no_error (error);
  unit = td_units_by_code (td_desk_units (desk), code, td_campaign_start (td_desk_campaign (desk)));
  g_assert_nonnull (unit);
  td_desk_choose_unit (desk, unit->key, &error);
  g_assert_no_error (error);
  return desk;
}

void
desk_type (TdDesk *desk, const char *record, ...)
{
  GError *error = NULL;
  const char *path;
  va_list args;

  va_start (args, record);
  while ((path = va_arg (args, const char *)) != NULL)
    {
      td_desk_set (desk, record, path, va_arg (args, const char *), &error);
      g_assert_no_error (error);
    }
  va_end (args);
}

static void
fill_targets (TdDesk *desk)
{
  g_autofree char *record = td_desk_ledger (desk, "targets");
  static const char *const results[] = { "12,5", "10" };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autofree char *key = td_desk_add_row (desk, record, "target", NULL);
      g_autofree char *name = g_strdup_printf ("target/%s/name", key);
      g_autofree char *plan = g_strdup_printf ("target/%s/plan", key);
      g_autofree char *actual = g_strdup_printf ("target/%s/actual", key);
      g_autofree char *date = g_strdup_printf ("target/%s/result_date", key);
      g_autofree char *basis = g_strdup_printf ("target/%s/basis", key);
      g_autofree char *half = g_strdup_printf ("target/%s/by_half_year", key);

      g_assert_nonnull (key);
      desk_type (desk, record, name, i == 0 ? "Thu nhập bình quân" : "Số ấp văn hóa", plan, "10", actual, results[i],
                 date, "30/6/2025", basis, "Nghị quyết Đại hội Đảng bộ xã", half, "10", NULL);
    }
}

void
desk_fill_ledger (TdDesk *desk)
{
  g_autofree char *ratings = td_desk_ledger (desk, "ratings");
  g_autofree char *events = td_desk_ledger (desk, "events");

  desk_type (desk, ratings, "rating/2020", "HTXSNV", "rating/2021", "HTXSNV", "rating/2022", "HTTNV", "rating/2023",
             "HTTNV", "rating/2024", "HTXSNV", NULL);
  fill_targets (desk);
  desk_type (desk, events, "launch/date", "10/7/2024", "launch/document", "01/KH-UBND", "plan/date", "08/7/2024",
             "plan/number", "01/KH-UBND", "interim/date", "27/12/2024", "final/date", "04/7/2025", "own_awards/date",
             "04/7/2025", "report/date", "05/7/2025", "compliance/state", "OK", NULL);
}

char *
desk_make_pdf (const char *folder, const char *name, const char *text)
{
  g_autofree char *body = g_strdup_printf ("%%PDF-1.4\n%% %s\n%%%%EOF\n", text);
  char *path = g_build_filename (folder, name, NULL);
  GError *error = NULL;

  g_file_set_contents (path, body, -1, &error);
  g_assert_no_error (error);
  return path;
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

void
desk_attach (TdDesk *desk, const char *record, const char *kind)
{
  g_autofree char *name
      = g_strdup_printf ("%s-%s.pdf", kind, record); /* the first signs of an id are the time of day */
  g_autofree char *path = desk_make_pdf (g_get_tmp_dir (), name, record);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  td_desk_attach_async (desk, record, kind, file, NULL, take_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  td_desk_attach_finish (desk, result, &error);
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
}

char *
desk_nominate (TdDesk *desk, const char *name, const char *number)
{
  GError *error = NULL;
  char *id = td_desk_new_nomination (desk, name == NULL, &error);

  g_assert_no_error (error);
  if (name != NULL)
    desk_type (desk, id, "name", name, "personal_id", number, "birth_date", "2/9/1980", "position", "Chủ tịch Hội",
               "party_member", "yes", "party_since", "2005", "rating/2020", "HTXSNV", "rating/2021", "HTXSNV",
               "rating/2022", "HTXSNV", "rating/2023", "HTTNV", "rating/2024", "HTTNV", NULL);
  desk_type (desk, id, "achievement", "Hoàn thành vượt mức nhiệm vụ được giao.", NULL);
  desk_attach (desk, id, "BAO_CAO_THANH_TICH");
  return id;
}

char *
desk_write_letter (TdDesk *desk, ...)
{
  GError *error = NULL;
  char *id = td_desk_submission (desk, &error);
  const char *dossier;
  va_list args;

  g_assert_no_error (error);
  va_start (args, desk);
  while ((dossier = va_arg (args, const char *)) != NULL)
    {
      td_desk_include (desk, dossier, TRUE, &error);
      g_assert_no_error (error);
    }
  va_end (args);
  desk_type (desk, id, "letter/number", "21/TTr-UBND", "letter/date", "7/7/2025", "letter/signer_position", "CHỦ TỊCH",
             "letter/signer_name", "Đoàn Văn Mẫu", "minutes/number", "02/BB-HĐTĐKT", "minutes/date", "4/7/2025",
             "minutes/chair", "Đoàn Văn Mẫu", "minutes/secretary", "Lâm Thị Thư Ký", "minutes/present", "7",
             "minutes/total", "7", NULL);
  desk_attach (desk, id, "TO_TRINH");
  desk_attach (desk, id, "BIEN_BAN");
  return id;
}

static gboolean
step (TdDesk *desk, const char *verb, const char *dossier, va_list args, GError **error)
{
  const char *const dossiers[] = { dossier, NULL };
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *word;

  while ((word = va_arg (args, const char *)) != NULL)
    g_ptr_array_add (words, (char *)word);
  g_ptr_array_add (words, NULL);
  return td_desk_step (desk, verb, dossier == NULL ? NULL : dossiers, (const char *const *)words->pdata, error);
}

void
desk_do (TdDesk *desk, const char *verb, const char *dossier, ...)
{
  GError *error = NULL;
  va_list args;

  va_start (args, dossier);
  step (desk, verb, dossier, args, &error);
  va_end (args);
  g_assert_no_error (error);
}

void
desk_refused (TdDesk *desk, const char *verb, const char *dossier, const char *part, ...)
{
  g_autoptr (GError) error = NULL;
  gboolean taken;
  va_list args;

  va_start (args, part);
  taken = step (desk, verb, dossier, args, &error);
  va_end (args);
  g_assert_false (taken);
  g_assert_nonnull (error);
  if (strstr (error->message, part) == NULL)
    g_error ("%s: “%s” does not say “%s”", verb, error->message, part);
}

void
desk_assert_stage (TdDesk *desk, const char *dossier, const char *stage)
{
  g_autoptr (TdDossierItem) item = td_desk_dossier (desk, dossier);

  g_assert_nonnull (item);
  g_assert_cmpstr (item->stage, ==, stage);
}

void
desk_close (TdDesk *desk)
{
  td_desk_close (desk);
  g_assert_finalize_object (desk);
}
