/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rights-scene.h"
#include "rights-table.h"
#include "served-fixture.h"

#include "endpoint/centre-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* Every role of every office against every step at every place a dossier may be, every record type, every thing to be
 * seen: each cell asked of a real endpoint over HTTP by a device with signed operations. The answers expected stand in
 * rights-table.c. A cell that is refused changes nothing, so those of a place share an endpoint; one that is allowed
 * gets a copy of its own. */

#define N_UNITS 7
#define N_ROLES 5

typedef struct
{
  Served served;
  char *journal;
  RightsPlace *place;
  char **units, **verbs;
  Device *desks[N_DESKS];           /* those of the scene */
  Device *cells[N_UNITS * N_ROLES]; /* one role each */
  guint asked, wrong;
} Rights;

static guint asked_in_all;

static const char *const codes[N_UNITS]
    = { SERVED_COMMUNE, SERVED_NEIGHBOUR, "935", "936", "ban-tdkt", "van-phong-tinh-uy", "so-y-te" };
static const char *const place_units[N_DESKS]
    = { SERVED_COMMUNE, SERVED_COMMUNE, SERVED_NEIGHBOUR, "935", "ban-tdkt", "van-phong-tinh-uy", SERVED_COMMUNE };
static const char *const place_roles[N_DESKS] = { "OL", "OL", "OL", "OL", "OLAS", "ORL", "O" };

G_GNUC_PRINTF (2, 3)
static void
complain (Rights *self, const char *format, ...)
{
  va_list args;
  g_autofree char *words = NULL;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("# %s\n", words);
  self->wrong++;
}

/* ---- the endpoint ----------------------------------------------------------------------- */

static void
open_options (Served *served)
{
  td_server_options_init (&served->options);
  served->options.today = served->world->moment.day;
  served->options.rate = served->options.push_rate = 100000;
  served->options.burst = served->options.push_burst = 1000000;
}

static void
enrol_all (Rights *self)
{
  World *world = self->served.world;

  for (guint i = 0; i < N_DESKS; i++)
    self->desks[i] = device_enrolled (world, i, place_units[i], place_roles[i]);
  for (guint u = 0; u < N_UNITS; u++)
    for (guint r = 0; r < N_ROLES; r++)
      {
        char role[2] = { RIGHTS_ROLES[r], '\0' };

        self->cells[u * N_ROLES + r] = device_enrolled (world, 20 + u * N_ROLES + r, codes[u], role);
      }
}

/* One exchange over the line; its verdicts. */
static TdSyncAnswer *
exchange (Rights *self, Device *device)
{
  g_autoptr (TdSyncRequest) request = device_request (device);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) up = td_sync_request_write (request, &error);
  g_autoptr (Reply) reply = NULL;
  TdSyncAnswer *answer;

  g_assert_no_error (error);
  reply = served_ask (&self->served, device, "POST", "/v1/sync", JSON_LINE, up);
  g_assert_cmpuint (reply->status, ==, 200);
  answer = td_sync_answer_read (reply->body, &error);
  g_assert_no_error (error);
  device->known = answer->n;
  g_ptr_array_set_size (device->pending, 0);
  return answer;
}

static Device *
desk_with (Rights *self, const char *key)
{
  for (guint i = 0; i < N_DESKS; i++)
    if (strcmp (self->desks[i]->key, key) == 0)
      return self->desks[i];
  return NULL; /* the endpoint's own */
}

static void
flush (Rights *self, Device *device)
{
  g_autoptr (TdSyncAnswer) answer = device == NULL || device->pending->len == 0 ? NULL : exchange (self, device);

  for (guint i = 0; answer != NULL && i < answer->res->len; i++)
    g_assert_cmpstr (((TdSyncVerdict *)answer->res->pdata[i])->code, ==, "");
}

/* What the scene did is done once more, by its devices over the line. */
static void
play (Rights *self)
{
  Device *writing = NULL;

  for (guint i = 0; i < self->place->scene->log->len; i++)
    {
      const char *key;
      const TdOperation *operation = scene_logged (self->place->scene, i, &key);
      Device *device = desk_with (self, key);

      if (device == NULL)
        continue;
      if (device != writing)
        flush (self, writing);
      writing = device;
      device_seal (device, operation->body, NULL);
    }
  flush (self, writing);
}

static char *
report_path (void)
{
  g_autofree char *sha = td_digest ("BAO_CAO_THANH_TICH", -1);

  return g_strconcat ("/v1/blob/", sha, NULL);
}

static void
rights_open (Rights *self, const char *place)
{
  g_autofree char *path = report_path ();
  g_autoptr (GBytes) report = g_bytes_new_static ("BAO_CAO_THANH_TICH", strlen ("BAO_CAO_THANH_TICH"));

  *self = (Rights){ .units = g_strsplit (RIGHTS_UNITS, " ", -1), .verbs = g_strsplit (RIGHTS_VERBS, " ", -1) };
  self->place = rights_place_new (place);
  g_mutex_init (&self->served.mutex);
  g_cond_init (&self->served.ready);
  self->served.folder = g_dir_make_tmp ("thidua-rights-XXXXXX", NULL);
  self->journal = g_build_filename (self->served.folder, "journal.db", NULL);
  self->served.world = world_new (self->journal);
  open_options (&self->served);
  enrol_all (self);
  served_start (&self->served);
  expect_reply (served_ask (&self->served, self->desks[COMMUNE], "POST", path, "", report), 201, "");
  play (self);
}

static void
rights_close (Rights *self)
{
  g_test_message ("%u cells", self->asked);
  asked_in_all += self->asked;
  for (guint i = 0; i < N_DESKS; i++)
    if (i != COMMUNE && i != NEIGHBOUR)
      device_free (self->desks[i]);
  self->served.commune = self->desks[COMMUNE];
  self->served.neighbour = self->desks[NEIGHBOUR];
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    device_free (self->cells[i]);
  served_tear_down (&self->served, NULL);
  rights_place_free (self->place);
  g_strfreev (self->units);
  g_strfreev (self->verbs);
  g_free (self->journal);
  g_assert_cmpuint (self->wrong, ==, 0);
}

/* ---- steps ------------------------------------------------------------------------------- */

static gboolean
step_allowed (const char *verb, const char *unit, char role, const char *place)
{
  for (const RightsStep *row = rights_steps; row->verb != NULL; row++)
    if (strcmp (row->verb, verb) == 0 && strcmp (row->unit, unit) == 0 && strchr (row->roles, role) != NULL
        && rights_has (row->places, place))
      return TRUE;
  return FALSE;
}

static gboolean
refusal_fits (const char *verb, char role, const char *code)
{
  for (const RightsRefusal *row = rights_refusals; row->verb != NULL; row++)
    if (strcmp (row->verb, verb) == 0)
      return strchr (row->roles, role) == NULL
                 ? strcmp (code, "rights") == 0
                 : rights_has ("custody unit stage", code) || rights_has (row->codes, code);
  return FALSE;
}

static void
seal_step (Rights *self, Device *device, const char *verb, const char *unit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TdOperation) operation = td_operation_close (rights_step_of (self->place, verb, unit), &error);

  g_assert_no_error (error);
  device_seal (device, operation->body, NULL);
}

static void
ask_refused (Rights *self, const char *place, guint u, guint r)
{
  Device *device = self->cells[u * N_ROLES + r];
  const char *unit = self->units[u];
  char role = RIGHTS_ROLES[r];
  g_autoptr (GPtrArray) asked = g_ptr_array_new ();
  g_autoptr (TdSyncAnswer) answer = NULL;

  for (char **verb = self->verbs; *verb != NULL; verb++)
    if (!step_allowed (*verb, unit, role, place))
      {
        seal_step (self, device, *verb, unit);
        g_ptr_array_add (asked, *verb);
      }
  answer = exchange (self, device);
  for (guint i = 0; i < asked->len; i++)
    {
      const char *code = ((TdSyncVerdict *)answer->res->pdata[i])->code;

      if (*code == '\0')
        complain (self, "%s: role %c of %s may “%s” and must not", place, role, unit, (char *)asked->pdata[i]);
      else if (!refusal_fits (asked->pdata[i], role, code))
        complain (self, "%s: role %c of %s is refused “%s” with the wrong reason, %s", place, role, unit,
                  (char *)asked->pdata[i], code);
    }
  self->asked += asked->len;
}

/* The endpoint as it was put away, once more. */
static void
reopen (Rights *self)
{
  g_autofree char *copy = g_strconcat (self->journal, ".copy", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  world_free (self->served.world);
  g_assert_true (g_file_get_contents (self->journal, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (copy, bytes, (gssize)length, NULL));
  self->served.world = world_new (copy);
  self->served.world->counter = 1000000; /* lives of their own */
  open_options (&self->served);
  served_start (&self->served);
}

static void
ask_allowed (Rights *self, const char *place, guint u, guint r)
{
  Device *device = self->cells[u * N_ROLES + r];
  const char *unit = self->units[u];

  for (char **verb = self->verbs; *verb != NULL; verb++)
    if (step_allowed (*verb, unit, RIGHTS_ROLES[r], place))
      {
        g_autoptr (TdSyncAnswer) answer = NULL;
        const char *code;

        served_stop (&self->served);
        reopen (self);
        device->world = self->served.world;
        device_new_life (device);
        seal_step (self, device, *verb, unit);
        answer = exchange (self, device);
        code = ((TdSyncVerdict *)answer->res->pdata[0])->code;
        if (*code != '\0')
          complain (self, "%s: role %c of %s may not “%s” and should: %s", place, RIGHTS_ROLES[r], unit, *verb, code);
        self->asked++;
      }
}

/* ---- sight --------------------------------------------------------------------------------- */

static gboolean
sees (const char *what, const char *unit, const char *place)
{
  for (const RightsSight *row = rights_sights; row->what != NULL; row++)
    if (rights_has (row->what, what) && strcmp (row->unit, unit) == 0 && rights_has (row->places, place))
      return TRUE;
  return FALSE;
}

static GHashTable *
pull (Rights *self, Device *device)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (TdSyncAnswer) answer = exchange (self, device);

      for (guint i = 0; i < answer->ch->len; i++)
        {
          const TdSyncChange *change = answer->ch->pdata[i];

          g_hash_table_add (all, g_strdup_printf ("%s %s", change->kind, change->id));
        }
      g_free (device->cur);
      device->cur = g_strdup (answer->cur);
      more = answer->more;
    }
  return all;
}

static gboolean
may_fetch (Rights *self, Device *device)
{
  g_autofree char *path = report_path ();
  g_autoptr (Reply) reply = served_ask (&self->served, device, "GET", path, "", NULL);

  g_assert_true (reply->status == 200 || reply->status == 404);
  return reply->status == 200;
}

/* How far an upload has come is told to who sent it, and to nobody else. */
static void
ask_upload (Rights *self, const char *place, guint u, Device *device)
{
  g_autofree char *path = report_path ();
  g_autoptr (Reply) reply = served_ask (&self->served, device, "HEAD", path, "", NULL);
  gboolean own = strcmp (self->units[u], "owner") == 0;

  if ((reply->status == 200) != own)
    complain (self, "%s: HEAD of the owner's file tells %s %u", place, self->units[u], reply->status);
  self->asked++;
}

static void
ask_sight (Rights *self, const char *place, guint u)
{
  Device *device = self->cells[u * N_ROLES + place[0] % N_ROLES]; /* any role: sight is the unit's */
  g_auto (GStrv) sights = g_strsplit (RIGHTS_SIGHTS, " ", -1);
  g_autoptr (GHashTable) all = pull (self, device);

  for (char **what = sights; *what != NULL; what++)
    {
      gboolean file = strcmp (*what, "file") == 0;
      g_autofree char *entity = file ? NULL : rights_entity (self->place, *what);
      gboolean seen = file ? may_fetch (self, device) : entity != NULL && g_hash_table_contains (all, entity);
      gboolean wanted = sees (*what, self->units[u], place);

      if (seen != wanted)
        complain (self, "%s: %s %s “%s” and should%s", place, self->units[u], seen ? "sees" : "doesn't see", *what,
                  wanted ? "" : " not");
      self->asked++;
    }
  ask_upload (self, place, u, device);
}

static void
test_place (gconstpointer data)
{
  const char *place = data;
  Rights self;

  rights_open (&self, place);
  for (guint u = 0; u < N_UNITS; u++)
    ask_sight (&self, place, u);
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    ask_refused (&self, place, i / N_ROLES, i % N_ROLES);
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    ask_allowed (&self, place, i / N_ROLES, i % N_ROLES);
  rights_close (&self);
}

/* ---- records -------------------------------------------------------------------------------- */

typedef enum
{
  OWN,      /* of the device's unit */
  OWNER_S,  /* as the owner's, which it may be */
  DISGUISED /* the owner's record under the name of its own unit */
} Whose;

static gboolean
record_allowed (const char *type, const char *unit, char role, Whose whose)
{
  if (whose != OWN && strcmp (unit, "owner") != 0)
    return FALSE;
  for (const RightsRecord *row = rights_records; row->types != NULL; row++)
    if (rights_has (row->types, type) && rights_has (row->units, unit) && strchr (row->roles, role) != NULL)
      return TRUE;
  return FALSE;
}

static char *
record_id (Rights *self, const char *type, const char *unit)
{
  const char *campaign = td_campaign_id (self->place->scene->campaign);

  if (rights_has ("ratings targets events registration report council reads", type))
    return td_unit_record_id (campaign, unit, type);
  return scene_id (self->place->scene);
}

static void
seal_edit (Rights *self, Device *device, const char *type, Whose whose)
{
  const char *owner = self->desks[COMMUNE]->unit;
  g_autofree char *record = record_id (self, type, whose == OWN ? device->unit : owner);
  g_autofree char *unit = g_strdup (device->unit);
  g_autofree char *id = scene_id (self->place->scene);
  g_autofree char *body = NULL;

  if (whose != OWN && strcmp (type, "nomination") == 0)
    {
      g_free (record);
      record = g_strdup (self->place->scene->person);
    }
  if (whose == OWNER_S)
    {
      g_free (device->unit);
      device->unit = g_strdup (owner);
    }
  body = edit_body (device, id, record, type, "salt", NULL, "x");
  g_free (device->unit);
  device->unit = g_steal_pointer (&unit);
  device_seal (device, body, NULL);
}

/* Of records with an id of their own the owner has only those of the scene. */
static gboolean
is_known (const char *type, Whose whose)
{
  return whose == OWN || rights_has ("ratings targets events registration report nomination reads", type)
         || whose == OWNER_S;
}

static void
ask_records (Rights *self, guint u, guint r)
{
  static const char *const whose_words[] = { "its own", "the owner's", "the owner's, as its own," };
  Device *device = self->cells[u * N_ROLES + r];
  g_auto (GStrv) types
      = g_strsplit ("ratings targets events nomination registration report submission notice inspection "
                    "difficulty exemplary answer reads project block council session findings strange",
                    " ", -1);
  g_autoptr (TdSyncAnswer) answer = NULL;
  guint at = 0;

  for (char **type = types; *type != NULL; type++)
    for (Whose whose = OWN; whose <= DISGUISED; whose++)
      if (is_known (*type, whose))
        seal_edit (self, device, *type, whose);
  answer = exchange (self, device);
  for (char **type = types; *type != NULL; type++)
    for (Whose whose = OWN; whose <= DISGUISED; whose++)
      if (is_known (*type, whose))
        {
          const TdSyncVerdict *verdict = answer->res->pdata[at++];
          gboolean wanted = record_allowed (*type, self->units[u], RIGHTS_ROLES[r], whose);

          if (verdict->ok != wanted)
            complain (self, "role %c of %s %s write %s %s and should%s: %s", RIGHTS_ROLES[r], self->units[u],
                      verdict->ok ? "may" : "may not", whose_words[whose], *type, wanted ? "" : " not", verdict->code);
          self->asked++;
        }
}

static void
test_records (void)
{
  Rights self;

  rights_open (&self, "draft");
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    ask_records (&self, i / N_ROLES, i % N_ROLES);
  rights_close (&self);
}

/* ---- devices that have no right at all -------------------------------------------------------- */

static void
seal_admin (Rights *self, Device *device, const char *verb)
{
  JsonObject *content = scene_begin (self->place->scene, verb);
  g_autoptr (TdOperation) operation = NULL;

  json_object_set_string_member (content, "key", self->cells[0]->key);
  json_object_set_string_member (content, "unit", device->unit);
  json_object_set_string_member (content, "roles", "OLARS");
  operation = td_operation_close (content, NULL);
  g_assert_nonnull (operation);
  device_seal (device, operation->body, NULL);
}

/* No role of any office admits, revokes or re-organises. */
static void
test_administration (void)
{
  static const char *const verbs[] = { "admit", "revoke" };
  Rights self;

  rights_open (&self, "draft");
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    for (guint v = 0; v < G_N_ELEMENTS (verbs); v++)
      {
        g_autoptr (TdSyncAnswer) answer = NULL;

        seal_admin (&self, self.cells[i], verbs[v]);
        answer = exchange (&self, self.cells[i]);
        if (strcmp (((TdSyncVerdict *)answer->res->pdata[0])->code, "rights") != 0)
          complain (&self, "role %c of %s may “%s”", RIGHTS_ROLES[i % N_ROLES], self.units[i / N_ROLES], verbs[v]);
        self.asked++;
      }
  rights_close (&self);
}

static void
take_away (Rights *self, Device *device)
{
  TdJournal *journal = td_centre_journal (self->served.world->centre);
  JsonObject *content = td_centre_begin ("revoke", &self->served.world->moment);

  json_object_set_string_member (content, "key", device->key);
  g_assert_true (journal->begin (journal, NULL));
  g_assert_null (td_centre_own (self->served.world->centre, content, &self->served.world->moment));
  g_assert_true (journal->commit (journal, NULL));
}

static void
expect_nothing (Rights *self, Device *device, const char *method, const char *path, const char *headers, GBytes *body)
{
  g_autoptr (Reply) reply = served_ask (&self->served, device, method, path, headers, body);

  if (reply->status != 401 && reply->status != 403)
    complain (self, "%s %s of a revoked device is answered %u", method, path, reply->status);
  self->asked++;
}

/* Revocation takes effect at the next request, whatever it asks and whatever role it had. */
static void
test_revoked (void)
{
  g_autofree char *path = report_path ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  Rights self;

  rights_open (&self, "received");
  served_stop (&self.served);
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    take_away (&self, self.cells[i]);
  served_start (&self.served);
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    {
      Device *device = self.cells[i];
      g_autoptr (TdSyncRequest) request = NULL;
      g_autoptr (GBytes) sync = NULL;

      seal_step (&self, device, "receive", self.units[i / N_ROLES]);
      request = device_request (device);
      sync = td_sync_request_write (request, NULL);
      expect_nothing (&self, device, "POST", "/v1/sync", JSON_LINE, sync);
      expect_nothing (&self, device, "GET", path, "", NULL);
      expect_nothing (&self, device, "HEAD", path, "", NULL);
      expect_nothing (&self, device, "POST", path, "", bytes);
      expect_nothing (&self, device, "GET", "/v1/sync?c=e3.1&k=9f2c9f2c&m=4096&t=0123456789abcdef", "", NULL);
    }
  rights_close (&self);
}

/* A record of another campaign has another id: nothing begins under it. */
static void
test_other_campaign (void)
{
  static const char *const types[] = { "ratings", "targets", "events", "registration", "report", "reads" };
  Rights self;

  rights_open (&self, "draft");
  for (guint i = 0; i < N_UNITS * N_ROLES; i++)
    for (guint t = 0; t < G_N_ELEMENTS (types); t++)
      {
        Device *device = self.cells[i];
        g_autofree char *record = td_unit_record_id ("another-campaign", device->unit, types[t]);
        g_autofree char *id = scene_id (self.place->scene);
        g_autofree char *body = edit_body (device, id, record, types[t], "salt", NULL, "x");
        g_autoptr (TdSyncAnswer) answer = NULL;

        device_seal (device, body, NULL);
        answer = exchange (&self, device);
        if (((TdSyncVerdict *)answer->res->pdata[0])->ok)
          complain (&self, "%s may begin %s of another campaign", self.units[i / N_ROLES], types[t]);
        self.asked++;
      }
  rights_close (&self);
}

/* A build with sanitizers asks of every nth place only. */
static guint
step_width (void)
{
  const char *text = g_getenv ("TD_RIGHTS_EVERY");

  return text == NULL ? 1 : (guint)CLAMP (atoi (text), 1, 16);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) places = g_strsplit (RIGHTS_PLACES, " ", -1);
  guint count = g_strv_length (places);
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < count; i += step_width ())
    {
      g_autofree char *path = g_strconcat ("/rights/steps/", places[i], NULL);

      g_test_add_data_func (path, places[i], test_place);
    }
  g_test_add_func ("/rights/records", test_records);
  g_test_add_func ("/rights/administration", test_administration);
  g_test_add_func ("/rights/revoked", test_revoked);
  g_test_add_func ("/rights/other-campaign", test_other_campaign);
  result = g_test_run ();
  g_print ("# %u cells in all\n", asked_in_all);
  return result;
}
