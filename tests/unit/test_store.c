/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of the store: what is saved comes back, and nothing is saved by halves. */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <pioneer/store.h>

#include "model/campaign.h"
#include "roster/roster.h"
#include "store/schema.h"
#include "store/statement.h"
#include "tiny.h"

#define SAVED_AT 1582000000

static char folder[64];
static char path[128];
static struct tiny tiny;

/* A campaign with something in every table of the projection. */
static void fill_campaign(void) {
    const char *const tags[] = {"甲班", "乙班"};
    const struct pioneer_rating ratings[] = {{"coordination", 80}, {"health", 95}};
    const struct pioneer_weekly_window weekly[] = {{0, 480, 1080}, {4, 1320, 1800}};
    const struct pioneer_dated_window dated[] = {{tiny_day(2), 0, 1440}};
    const struct pioneer_absence absences[] = {{tiny_at(3, 0), tiny_at(4, 720), "病假"}};
    tiny_init(&tiny);
    tiny_stage(&tiny, "准备", 0, 6);
    tiny_unit(&tiny, "信息工程学院", "root");
    tiny_site(&tiny, "北门", "gate", "北区");
    struct pioneer_walk walk = {.from = "gate", .to = "北门", .minutes = 12};
    cr_assert_eq(pioneer_campaign_add_walk(tiny.campaign, &walk, NULL), PIONEER_OK);
    tiny_add_member(&tiny, &(struct pioneer_member){
                               .id = "m1",
                               .name = "张三",
                               .unit = "信息工程学院",
                               .status = PIONEER_STATUS_PARTY,
                               .role = PIONEER_ROLE_TEACHER,
                               .tags = tags,
                               .tag_count = 2,
                               .ratings = ratings,
                               .rating_count = 2,
                               .home_site = "北门",
                               .nominated = true,
                               .rank = 1,
                               .has_weekly = true,
                               .weekly = weekly,
                               .weekly_count = 2,
                               .dated = dated,
                               .dated_count = 1,
                               .absences = absences,
                               .absence_count = 1,
                           });
    tiny_member(&tiny, "m2", "信息工程学院");
    tiny_need(&tiny, "watch/gate/am", 0, 6, 2);
    tiny_rule(&tiny, .kind = PIONEER_RULE_REST, .minutes = 600);
    tiny_history(&tiny, .member = "m1", .load_min = 240, .entitled_min = 200,
                 .last_end_at = tiny_at(-1, 720));
    struct pioneer_request request = {
        .member = "m2", .off = true, .from_day = tiny_day(1), .to_day = tiny_day(1)};
    cr_assert_eq(pioneer_campaign_add_request(tiny.campaign, &request, NULL), PIONEER_OK);
    struct pioneer_preference preference = {.member = "m2", .slot = "am", .weight = 3};
    cr_assert_eq(pioneer_campaign_add_preference(tiny.campaign, &preference, NULL), PIONEER_OK);
    tiny_publish(&tiny, "m1", "watch/gate/am", 0, PIONEER_PINNED);
    tiny.campaign->validated = true;
}

static void setup(void) {
    strcpy(folder, "/tmp/pioneer-store-XXXXXX");
    cr_assert(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/office.db", folder);
    fill_campaign();
}

static void teardown(void) {
    char journal[160];
    tiny_fini(&tiny);
    chmod(path, 0600);
    unlink(path);
    snprintf(journal, sizeof journal, "%s-journal", path);
    unlink(journal);
    chmod(folder, 0700);
    rmdir(folder);
}

TestSuite(store, .init = setup, .fini = teardown);

static struct pioneer_store *must_open(bool create) {
    struct pioneer_store *store = NULL;
    struct pioneer_error error = {0};
    cr_assert_eq(pioneer_store_open(path, create, &store, &error), PIONEER_OK, "%s", error.message);
    return store;
}

static void expect_refusal(bool create, enum pioneer_status status, const char *code) {
    struct pioneer_store *store = NULL;
    struct pioneer_error error = {0};
    cr_expect_eq(pioneer_store_open(path, create, &store, &error), status);
    cr_expect_str_eq(error.code, code);
    cr_expect(error.message[0] != '\0');
    cr_expect(store == NULL);
}

static int64_t must_save_campaign(struct pioneer_store *store) {
    int64_t id = 0;
    struct pioneer_error error = {0};
    enum pioneer_status status = pioneer_store_save_campaign(store, tiny.campaign, SAVED_AT, &id, &error);
    cr_assert_eq(status, PIONEER_OK, "%s: %s", error.code, error.message);
    return id;
}

/* m1 and m2 together on Monday, m2 alone on Tuesday, and m1 absent then. */
static struct pioneer_roster *make_roster(void) {
    static const struct pioneer_assignment assignments[] = {
        {.member = "m1", .post = "watch", .site = "gate", .slot = "am", .day = tiny_day(0)},
        {.member = "m2", .post = "watch", .site = "gate", .slot = "am", .day = tiny_day(0)},
        {.member = "m2", .post = "watch", .site = "gate", .slot = "am", .day = tiny_day(1)},
        {.member = "m1",
         .post = "watch",
         .site = "gate",
         .slot = "am",
         .day = tiny_day(1),
         .state = PIONEER_ABSENT},
    };
    static const struct pioneer_level_result levels[] = {{"must", 120, 120, 0, PIONEER_PROVEN},
                                                         {"lead", 3, 1, 1, PIONEER_GAP}};
    struct pioneer_roster *roster = NULL;
    cr_assert_eq(pioneer_roster_new(&roster), PIONEER_OK);
    for (size_t i = 0; i < sizeof assignments / sizeof *assignments; i++) {
        cr_assert_eq(pioneer_roster_add(roster, &assignments[i], NULL), PIONEER_OK);
    }
    const struct pioneer_part part = {.stage = "准备",
                                      .unit = "root",
                                      .duty_count = 7,
                                      .member_count = 2,
                                      .assignment_count = 3,
                                      .levels = levels,
                                      .level_count = 2};
    cr_assert_eq(pnr_roster_add_part(roster, &part), PIONEER_OK);
    const struct pioneer_finding finding = {PIONEER_WARNING, "short", "/duties/0", "One head is missing."};
    cr_assert_eq(pnr_roster_add_finding(roster, &finding), PIONEER_OK);
    const struct pioneer_staging_price price = {"must", 120, 100, 90};
    cr_assert_eq(pnr_roster_add_price(roster, &price), PIONEER_OK);
    return roster;
}

static enum pioneer_status save_roster(struct pioneer_store *store, int64_t id,
                                       const struct pioneer_roster *roster, int64_t *version,
                                       struct pioneer_error *error) {
    return pioneer_store_save_roster(store, id, roster, "第一版", SAVED_AT + 1, version, error);
}

static int64_t must_save_roster(struct pioneer_store *store, int64_t id) {
    int64_t version = 0;
    struct pioneer_error error = {0};
    struct pioneer_roster *roster = make_roster();
    cr_assert_eq(save_roster(store, id, roster, &version, &error), PIONEER_OK, "%s: %s", error.code,
                 error.message);
    pioneer_roster_free(roster);
    return version;
}

/* The one number that a query gives. */
static int64_t ask(struct pioneer_store *store, const char *sql) {
    int64_t value = -1;
    int rc = pnr_schema_pragma(store, sql, &value);
    cr_assert_eq(rc, SQLITE_OK, "%s: %s", sql, sqlite3_errmsg(store->db));
    return value;
}

static char *json_of(const struct pioneer_campaign *campaign) {
    char *text = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_campaign_write_json(campaign, &text, &length, NULL), PIONEER_OK);
    return text;
}

static char *json_of_roster(const struct pioneer_roster *roster) {
    char *text = NULL;
    size_t length = 0;
    cr_assert_eq(pioneer_roster_write_json(roster, &text, &length, NULL), PIONEER_OK);
    return text;
}

Test(store, gives_a_campaign_back_byte_for_byte) {
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    pioneer_store_close(store);
    store = must_open(false);
    struct pioneer_campaign *loaded = NULL;
    cr_assert_eq(pioneer_store_load_campaign(store, id, &loaded, NULL), PIONEER_OK);
    char *saved = json_of(tiny.campaign), *again = json_of(loaded);
    cr_expect_str_eq(saved, again);
    pioneer_free(saved);
    pioneer_free(again);
    pioneer_campaign_free(loaded);
    pioneer_store_close(store);
}

Test(store, gives_a_roster_back_byte_for_byte) {
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store), version = must_save_roster(store, id);
    struct pioneer_roster *roster = make_roster(), *loaded = NULL;
    cr_assert_eq(pioneer_store_load_roster(store, id, version, &loaded, NULL), PIONEER_OK);
    char *saved = json_of_roster(roster), *again = json_of_roster(loaded);
    cr_expect_str_eq(saved, again);
    pioneer_free(saved);
    pioneer_free(again);
    pioneer_roster_free(roster);
    pioneer_roster_free(loaded);
    pioneer_store_close(store);
}

Test(store, numbers_versions_by_campaign_and_finds_the_newest) {
    struct pioneer_store *store = must_open(true);
    int64_t first = must_save_campaign(store), second = must_save_campaign(store);
    cr_expect_eq(second, first + 1);
    cr_expect_eq(must_save_roster(store, first), 1);
    cr_expect_eq(must_save_roster(store, first), 2);
    cr_expect_eq(must_save_roster(store, 0), 1, "0 is the newest campaign");
    cr_expect_eq(ask(store, "SELECT count(*) FROM roster WHERE campaign = 2"), 1);
    struct pioneer_roster *roster = NULL;
    cr_expect_eq(pioneer_store_load_roster(store, first, 0, &roster, NULL), PIONEER_OK);
    pioneer_roster_free(roster);
    pioneer_store_close(store);
}

static bool count_entry(void *context, const struct pioneer_store_entry *entry) {
    int *count = context;
    if (entry->version == 0) {
        cr_expect_str_eq(entry->name,
                         tiny.campaign->settings.name == NULL ? "" : tiny.campaign->settings.name);
        cr_expect_eq(entry->saved_at, SAVED_AT);
    } else {
        cr_expect_str_eq(entry->note, "第一版");
        cr_expect_eq(entry->assignment_count, 4);
        cr_expect_eq(entry->saved_at, SAVED_AT + 1);
    }
    return ++*count < 2;
}

Test(store, lists_what_it_holds_until_the_reader_has_enough) {
    int count = 0;
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    must_save_roster(store, id);
    must_save_roster(store, id);
    cr_expect_eq(pioneer_store_list(store, count_entry, &count, NULL), PIONEER_OK);
    cr_expect_eq(count, 2);
    pioneer_store_close(store);
}

Test(store, answers_who_shared_a_slot_and_site_with_whom) {
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    must_save_roster(store, id);
    cr_expect_eq(ask(store, "SELECT count(*) FROM contact WHERE member = 'm1' AND other = 'm2'"), 1,
                 "Monday; on Tuesday m1 was absent");
    cr_expect_eq(ask(store, "SELECT count(*) FROM contact WHERE date = '2020-02-17'"), 2);
    pioneer_store_close(store);
}

Test(store, projects_every_kind_of_description) {
    static const char *const queries[] = {
        "SELECT parent = 'root' FROM unit WHERE id = '信息工程学院'",
        "SELECT name = '张三' AND status = 'party' AND role = 'teacher' AND NOT always_free FROM member "
        "WHERE id = 'm1'",
        "SELECT count(*) = 2 FROM member_tag WHERE member = 'm1'",
        "SELECT value = 80 FROM member_rating WHERE rating = 'coordination'",
        "SELECT count(*) = 2 FROM member_window WHERE member = 'm1' AND weekday IS NOT NULL",
        "SELECT from_min = 0 FROM member_window WHERE date = '2020-02-19'",
        "SELECT from_at = '2020-02-20T00:00' AND reason = '病假' FROM member_absence",
        "SELECT minutes = 12 FROM walk WHERE to_place = '北门'",
        "SELECT from_date = '2020-02-17' AND to_date = '2020-02-23' FROM stage",
        "SELECT priority = 1 AND load_percent = 100 FROM post WHERE id = 'watch'",
        "SELECT min = 2 AND target = 2 AND max = 2 FROM demand",
        "SELECT count(*) = 7 FROM duty WHERE from_at LIKE '%T08:00'",
        "SELECT group_concat(id) = 'must,lead,target,stability,fairness,wishes' FROM (SELECT id FROM level "
        "ORDER BY number)",
        "SELECT kind = 'rest' AND id = 'rest' FROM rule",
        "SELECT off AND from_date = '2020-02-18' AND weight = 1 FROM request",
        "SELECT slot = 'am' AND weight = 3 FROM preference",
        "SELECT load_min = 240 AND last_end_at = '2020-02-16T12:00' FROM history",
        "SELECT state = 'pinned' FROM published WHERE member = 'm1'",
        "SELECT value = 120 AND outcome = 'proven' FROM level_result WHERE level = 'must'",
        "SELECT severity = 'warning' AND code = 'short' FROM finding",
        "SELECT joint_bound = 90 FROM staging_price",
        "SELECT count(*) = 2 FROM change_log",
        "SELECT action = 'save-roster' AND version = 1 AND at = 1582000001 FROM change_log WHERE id = 2",
    };
    struct pioneer_store *store = must_open(true);
    must_save_roster(store, must_save_campaign(store));
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        cr_expect_eq(ask(store, queries[i]), 1, "%s", queries[i]);
    }
    cr_expect_eq(ask(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    pioneer_store_close(store);
}

Test(store, refuses_a_campaign_that_was_not_validated) {
    int64_t id = 7;
    struct pioneer_error error = {0};
    struct pioneer_store *store = must_open(true);
    tiny_member(&tiny, "m3", "root");
    cr_expect_eq(pioneer_store_save_campaign(store, tiny.campaign, SAVED_AT, &id, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "not-validated");
    cr_expect_eq(id, 0);
    cr_expect_eq(ask(store, "SELECT count(*) FROM campaign"), 0);
    pioneer_store_close(store);
}

static void expect_refused_roster(const struct pioneer_assignment *added, const char *code,
                                  const char *where) {
    int64_t version = 7;
    struct pioneer_error error = {0};
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    struct pioneer_roster *roster = make_roster();
    cr_assert_eq(pioneer_roster_add(roster, added, NULL), PIONEER_OK);
    cr_expect_eq(save_roster(store, id, roster, &version, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, code);
    cr_expect_str_eq(error.where, where);
    cr_expect_eq(version, 0);
    cr_expect_eq(ask(store, "SELECT count(*) FROM roster"), 0, "the transaction was rolled back");
    cr_expect_eq(ask(store, "SELECT count(*) FROM assignment"), 0);
    pioneer_roster_free(roster);
    pioneer_store_close(store);
}

Test(store, refuses_a_roster_that_names_an_unknown_duty) {
    expect_refused_roster(
        &(struct pioneer_assignment){
            .member = "m1", .post = "watch", .site = "北门", .slot = "am", .day = tiny_day(0)},
        "unknown-duty", "/assignments/4");
}

Test(store, refuses_a_roster_that_names_an_unknown_member) {
    expect_refused_roster(
        &(struct pioneer_assignment){
            .member = "m9", .post = "watch", .site = "gate", .slot = "am", .day = tiny_day(0)},
        "unknown-duty", "/assignments/4");
}

Test(store, refuses_a_roster_that_names_an_assignment_twice) {
    expect_refused_roster(
        &(struct pioneer_assignment){
            .member = "m1", .post = "watch", .site = "gate", .slot = "am", .day = tiny_day(0)},
        "duplicate-assignment", "/assignments/4");
}

Test(store, refuses_the_roster_of_another_campaign) {
    int64_t version = 0;
    struct pioneer_error error = {0};
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    struct pioneer_roster *roster = make_roster();
    cr_assert_eq(pnr_roster_add_part(roster, &(struct pioneer_part){.stage = "返校"}), PIONEER_OK);
    cr_expect_eq(save_roster(store, id, roster, &version, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "foreign-roster");
    pioneer_roster_free(roster);
    pioneer_store_close(store);
}

Test(store, says_what_it_does_not_hold) {
    struct pioneer_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_roster *roster = NULL;
    struct pioneer_store *store = must_open(true);
    cr_expect_eq(pioneer_store_load_campaign(store, 0, &campaign, &error), PIONEER_E_NOT_FOUND);
    cr_expect_str_eq(error.code, "no-campaign");
    int64_t id = must_save_campaign(store);
    cr_expect_eq(pioneer_store_load_campaign(store, id + 1, &campaign, &error), PIONEER_E_NOT_FOUND);
    cr_expect_eq(pioneer_store_load_roster(store, id, 0, &roster, &error), PIONEER_E_NOT_FOUND);
    cr_expect_str_eq(error.code, "no-roster");
    cr_expect(campaign == NULL && roster == NULL);
    pioneer_store_close(store);
}

static void write_file(const char *bytes, size_t length) {
    FILE *file = fopen(path, "wb");
    cr_assert(file != NULL);
    cr_assert_eq(fwrite(bytes, 1, length, file), length);
    cr_assert_eq(fclose(file), 0);
}

Test(store, is_made_only_when_asked_to) {
    expect_refusal(false, PIONEER_E_IO, "cannot-open");
    cr_expect_neq(access(path, F_OK), 0);
}

Test(store, needs_a_path) {
    struct pioneer_store *store = NULL;
    cr_expect_eq(pioneer_store_open("", true, &store, NULL), PIONEER_E_RANGE);
    cr_expect_eq(pioneer_store_open(NULL, true, &store, NULL), PIONEER_E_RANGE);
    pioneer_store_close(NULL);
}

Test(store, refuses_a_folder) {
    cr_assert_eq(mkdir(path, 0700), 0);
    expect_refusal(true, PIONEER_E_IO, "cannot-open");
    rmdir(path);
}

Test(store, refuses_a_file_that_is_no_database) {
    static const char text[] =
        "{\"campaign\": \"this is JSON, and long enough to have a header of a hundred bytes\", "
        "\"padding\": \"0123456789012345678901234567890123456789\"}";
    write_file(text, sizeof text);
    expect_refusal(true, PIONEER_E_STORE, "not-a-store");
}

Test(store, refuses_an_empty_file_unless_it_may_be_made) {
    write_file("", 0);
    expect_refusal(false, PIONEER_E_STORE, "not-a-store");
    pioneer_store_close(must_open(true));
}

Test(store, refuses_the_database_of_another_program) {
    sqlite3 *db = NULL;
    cr_assert_eq(sqlite3_open(path, &db), SQLITE_OK);
    cr_assert_eq(sqlite3_exec(db, "CREATE TABLE bookmark (url TEXT)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    expect_refusal(true, PIONEER_E_STORE, "not-a-store");
}

Test(store, refuses_a_schema_from_the_future) {
    struct pioneer_store *store = must_open(true);
    cr_assert_eq(pnr_store_run(store, "PRAGMA user_version = 999"), SQLITE_OK);
    pioneer_store_close(store);
    expect_refusal(false, PIONEER_E_STORE, "newer-store");
}

/* Bytes in the middle of the file, where tables lie, are overwritten. */
Test(store, says_that_a_damaged_file_is_damaged) {
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    pioneer_store_close(store);
    char noise[4096];
    memset(noise, 0xa5, sizeof noise);
    int file = open(path, O_WRONLY);
    struct stat size;
    cr_assert_eq(fstat(file, &size), 0);
    for (off_t at = 4096; at < size.st_size; at += (off_t)sizeof noise) {
        cr_assert_eq(pwrite(file, noise, sizeof noise, at), (ssize_t)sizeof noise);
    }
    close(file);
    struct pioneer_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    store = NULL;
    enum pioneer_status status = pioneer_store_open(path, false, &store, &error);
    if (status == PIONEER_OK) {
        status = pioneer_store_load_campaign(store, id, &campaign, &error);
    }
    cr_expect_eq(status, PIONEER_E_STORE);
    cr_expect_str_eq(error.code, "damaged-store");
    cr_expect(campaign == NULL);
    pioneer_store_close(store);
}

Test(store, says_that_a_document_was_changed_behind_its_back) {
    struct pioneer_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_store *store = must_open(true);
    int64_t id = must_save_campaign(store);
    cr_assert_eq(pnr_store_run(store, "UPDATE campaign SET document = '{'"), SQLITE_OK);
    cr_expect_eq(pioneer_store_load_campaign(store, id, &campaign, &error), PIONEER_E_STORE);
    cr_expect_str_eq(error.code, "damaged-store");
    pioneer_store_close(store);
}

/* A store of schema 1, as the first step alone makes it. */
static void make_old_store(void) {
    struct pioneer_store old = {.path = path};
    cr_assert_eq(sqlite3_open(path, &old.db), SQLITE_OK);
    cr_assert_eq(pnr_schema_upgrade(&old, 1, NULL), PIONEER_OK);
    cr_assert_eq(ask(&old, "PRAGMA user_version"), 1);
    cr_assert_eq(ask(&old, "SELECT count(*) FROM sqlite_schema WHERE name = 'change_log'"), 0);
    char *document = json_of(tiny.campaign);
    struct pnr_statement row;
    pnr_statement_open(&row, &old,
                       "INSERT INTO campaign (name, time_zone, saved_at, document) VALUES ('旧', '', 5, ?)");
    pnr_statement_text(&row, document);
    pnr_statement_run(&row);
    cr_assert_eq(pnr_statement_close(&row), SQLITE_OK);
    sqlite3_close(old.db);
    pioneer_free(document);
}

Test(store, brings_an_older_schema_up_to_date) {
    make_old_store();
    struct pioneer_store *store = must_open(false);
    cr_expect_eq(ask(store, "PRAGMA user_version"), pnr_schema_version());
    cr_expect_eq(ask(store, "SELECT at = 5 AND action = 'save-campaign' FROM change_log"), 1,
                 "what was there before is in the log");
    struct pioneer_campaign *loaded = NULL;
    cr_expect_eq(pioneer_store_load_campaign(store, 0, &loaded, NULL), PIONEER_OK);
    pioneer_campaign_free(loaded);
    pioneer_store_close(store);
}

Test(store, leaves_an_older_schema_alone_when_an_upgrade_fails) {
    make_old_store();
    struct pioneer_store old = {.path = path};
    cr_assert_eq(sqlite3_open(path, &old.db), SQLITE_OK);
    cr_assert_eq(pnr_store_run(&old, "CREATE TABLE change_log (in_the_way)"), SQLITE_OK);
    sqlite3_close(old.db);
    expect_refusal(false, PIONEER_E_STORE, "store-failed");
    cr_assert_eq(sqlite3_open(path, &old.db), SQLITE_OK);
    cr_expect_eq(ask(&old, "PRAGMA user_version"), 1);
    cr_expect_eq(ask(&old, "SELECT count(*) FROM sqlite_schema WHERE name = 'contact'"), 0,
                 "the view of the same step is gone as well");
    sqlite3_close(old.db);
}

Test(store, waits_for_another_writer_and_then_says_that_it_is_locked) {
    int64_t id = 0;
    struct pioneer_error error = {0};
    struct pioneer_store *one = must_open(true), *other = must_open(false);
    must_save_campaign(one);
    cr_assert_eq(pnr_store_begin(one, NULL), PIONEER_OK);
    sqlite3_busy_timeout(other->db, 20);
    cr_expect_eq(pioneer_store_save_campaign(other, tiny.campaign, SAVED_AT, &id, &error), PIONEER_E_STORE);
    cr_expect_str_eq(error.code, "locked");
    struct pioneer_campaign *loaded = NULL;
    cr_expect_eq(pioneer_store_load_campaign(other, 0, &loaded, NULL), PIONEER_OK, "readers go on");
    pioneer_campaign_free(loaded);
    cr_assert_eq(pnr_store_end(one, PIONEER_OK, NULL), PIONEER_OK);
    cr_expect_eq(must_save_campaign(other), 2);
    pioneer_store_close(one);
    pioneer_store_close(other);
}

/* The superuser may write anywhere, so the test becomes nobody. */
Test(store, reads_what_it_may_not_write) {
    int64_t id = 0;
    struct pioneer_error error = {0};
    pioneer_store_close(must_open(true));
    cr_assert_eq(chmod(path, 0444), 0);
    cr_assert_eq(chmod(folder, 0555), 0);
    if (geteuid() == 0) {
        cr_assert_eq(setegid(65534), 0);
        cr_assert_eq(seteuid(65534), 0);
    }
    struct pioneer_store *store = must_open(false);
    cr_expect_eq(ask(store, "SELECT count(*) FROM campaign"), 0);
    cr_expect_eq(pioneer_store_save_campaign(store, tiny.campaign, SAVED_AT, &id, &error), PIONEER_E_STORE);
    cr_expect_str_eq(error.code, "read-only");
    pioneer_store_close(store);
    if (getuid() == 0) {
        cr_assert_eq(seteuid(0), 0);
        cr_assert_eq(setegid(0), 0);
    }
}

Test(store, saves_nothing_when_the_disk_is_full) {
    int64_t id = 0;
    struct pioneer_error error = {0};
    struct pioneer_store *store = must_open(true);
    int64_t pages = ask(store, "PRAGMA page_count");
    char limit[64];
    snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d", (int)pages);
    cr_assert_eq(pnr_store_run(store, "PRAGMA page_size"), SQLITE_OK);
    ask(store, limit);
    enum pioneer_status status = PIONEER_OK;
    for (int i = 0; i < 100 && status == PIONEER_OK; i++) {
        status = pioneer_store_save_campaign(store, tiny.campaign, SAVED_AT, &id, &error);
    }
    cr_expect_eq(status, PIONEER_E_IO);
    cr_expect_str_eq(error.code, "disk-full");
    cr_expect_eq(
        ask(store,
            "SELECT count(*) FROM campaign c WHERE NOT EXISTS (SELECT 1 FROM unit WHERE campaign = c.id)"),
        0, "no campaign without its rows");
    cr_expect_eq(ask(store, "SELECT count(*) FROM campaign") - ask(store, "SELECT count(*) FROM change_log"),
                 0);
    pioneer_store_close(store);
}

static int die(void *context) {
    (void)context;
    raise(SIGKILL);
    return 0;
}

/* A child saves and is killed after so many steps of SQLite's machine; true if it was killed before it had
 * finished. */
static bool die_while_saving(int steps) {
    pid_t child = fork();
    cr_assert_geq(child, 0);
    if (child == 0) {
        int64_t id = 0;
        struct pioneer_store *store = NULL;
        if (pioneer_store_open(path, false, &store, NULL) != PIONEER_OK) {
            _exit(2);
        }
        sqlite3_progress_handler(store->db, steps, die, NULL);
        _exit(pioneer_store_save_campaign(store, tiny.campaign, SAVED_AT, &id, NULL) == PIONEER_OK ? 0 : 1);
    }
    int status = 0;
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert(WIFSIGNALED(status) || WEXITSTATUS(status) == 0, "the child failed by itself");
    return WIFSIGNALED(status);
}

Test(store, keeps_the_state_before_a_save_that_was_killed) {
    struct pioneer_store *store = must_open(true);
    must_save_campaign(store);
    pioneer_store_close(store);
    int killed = 0, saved = 1;
    for (int steps = 10; steps < 100000; steps = steps * 3 / 2) {
        if (die_while_saving(steps)) {
            killed++;
        } else {
            saved++;
        }
        store = must_open(false);
        cr_expect_eq(ask(store, "SELECT count(*) FROM campaign"), saved, "after %d steps", steps);
        cr_expect_eq(ask(store, "SELECT count(DISTINCT campaign) FROM published"), saved);
        cr_expect_eq(ask(store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"),
                     1);
        pioneer_store_close(store);
    }
    cr_expect_geq(killed, 5, "the test must have interrupted something");
    cr_expect_geq(saved, 2);
}
