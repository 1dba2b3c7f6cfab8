/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step-case.h"

const char *
case_step (Given *given, Desk desk, const char *verb, const char *const *words)
{
  return scene_apply (given->scene, desk, scene_step (given->scene, verb, ON (given->dossier), words));
}

static void
run (gconstpointer data)
{
  const Case *test = data;
  Scene *scene = scene_new ();
  Given given = { scene, NULL, test->word };
  gint64 before;

  scene_advance (scene, test->stage);
  given.dossier = scene->person;
  before = scene->q;
  assert_code (test->act (&given), test->code);
  g_assert_cmpstr (scene_stage (scene, scene->person), ==, test->after);
  if (*test->code == '\0')
    g_assert_cmpint (scene->q, >, before);
  g_hash_table_add (scene->whole, td_digest ("BAO_CAO_THANH_TICH", -1)); /* for the replay */
  scene_free (scene);
}

int
case_main (int argc, char **argv, const Case *cases, guint count)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < count; i++)
    {
      g_autofree char *path = g_strdup_printf ("/steps/%s", cases[i].path);

      g_test_add_data_func (path, &cases[i], run);
    }
  return g_test_run ();
}
