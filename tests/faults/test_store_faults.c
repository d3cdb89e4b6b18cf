/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of the store, SQLite's own included, and of carrying history fails once. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pioneer/store.h>

#include "alloc_hook.h"
#include "small_campaign.h"

struct input {
    struct small_campaign small;
    char folder[64];
    char path[96];
    struct pioneer_store *store; /* open, for passes that need no other */
    int64_t campaign;
};

static enum pioneer_status open_store(void *context) {
    const struct input *input = context;
    struct pioneer_store *store = NULL;
    const enum pioneer_status status = pioneer_store_open(input->path, false, &store, NULL);
    const bool consistent = (status == PIONEER_OK) == (store != NULL);
    pioneer_store_close(store);
    return consistent ? status : PIONEER_E_INVALID;
}

static enum pioneer_status make_store(void *context) {
    const struct input *input = context;
    char path[128];
    struct pioneer_store *store = NULL;
    snprintf(path, sizeof path, "%s/new.db", input->folder);
    const enum pioneer_status status = pioneer_store_open(path, true, &store, NULL);
    pioneer_store_close(store);
    unlink(path);
    return status;
}

/* A store of its own for each pass, so that what SQLite caches for later counts as a leak of nobody. */
static enum pioneer_status with_store(const struct input *input,
                                      enum pioneer_status (*use)(const struct input *input,
                                                                 struct pioneer_store *store)) {
    struct pioneer_store *store = NULL;
    enum pioneer_status status = pioneer_store_open(input->path, false, &store, NULL);
    if (status == PIONEER_OK) {
        status = use(input, store);
    }
    pioneer_store_close(store);
    return status;
}

static enum pioneer_status save_both(const struct input *input, struct pioneer_store *store) {
    int64_t id = 0, version = 0;
    enum pioneer_status status = pioneer_store_save_campaign(store, input->small.campaign, 1, &id, NULL);
    if (status == PIONEER_OK) {
        status = pioneer_store_save_roster(store, id, input->small.roster, "note", 2, &version, NULL);
    }
    return status;
}

static enum pioneer_status load_both(const struct input *input, struct pioneer_store *store) {
    struct pioneer_campaign *campaign = NULL;
    struct pioneer_roster *roster = NULL;
    enum pioneer_status status = pioneer_store_load_campaign(store, input->campaign, &campaign, NULL);
    if (status == PIONEER_OK) {
        status = pioneer_store_load_roster(store, input->campaign, 0, &roster, NULL);
    }
    pioneer_campaign_free(campaign);
    pioneer_roster_free(roster);
    return status;
}

static enum pioneer_status save(void *context) {
    return with_store(context, save_both);
}

static enum pioneer_status load(void *context) {
    return with_store(context, load_both);
}

static enum pioneer_status carry(void *context) {
    const struct input *input = context;
    struct pioneer_campaign *next = NULL;
    char *text = NULL;
    size_t length = 0;
    enum pioneer_status status = pioneer_campaign_write_json(input->small.campaign, &text, &length, NULL);
    if (status == PIONEER_OK) {
        status = pioneer_campaign_read_json(text, length, &next, NULL);
    }
    if (status == PIONEER_OK) {
        const int32_t after = pioneer_campaign_stage_at(next, 0)->to_day + 1;
        status = pioneer_history_carry(input->small.campaign, input->small.roster, next, after, NULL);
    }
    pioneer_free(text);
    pioneer_campaign_free(next);
    return status;
}

static void prepare(struct input *input) {
    memset(input, 0, sizeof *input);
    small_campaign_make(&input->small, &(struct small_campaign_names){0});
    strcpy(input->folder, "/tmp/pioneer-faults-XXXXXX");
    cr_assert(mkdtemp(input->folder) != NULL);
    snprintf(input->path, sizeof input->path, "%s/office.db", input->folder);
    cr_assert_eq(pioneer_store_open(input->path, true, &input->store, NULL), PIONEER_OK);
    int64_t version = 0;
    struct pioneer_error error = {0};
    cr_assert_eq(
        pioneer_store_save_campaign(input->store, input->small.campaign, 1, &input->campaign, &error),
        PIONEER_OK, "%s", error.message);
    cr_assert_eq(pioneer_store_save_roster(input->store, input->campaign, input->small.roster, NULL, 1,
                                           &version, &error),
                 PIONEER_OK, "%s %s", error.where, error.message);
    pioneer_store_close(input->store);
}

static void sweep(alloc_hook_pass_fn *pass) {
    struct input input;
    struct alloc_hook_sweep result;
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    prepare(&input);
    cr_assert(alloc_hook_sweep(pass, &input, &result), "allocation %d: status %d, %d blocks left",
              (int)result.bad_at, (int)result.bad_status, (int)result.bad_live);
    cr_assert_gt(result.passes, 10);
    unlink(input.path);
    rmdir(input.folder);
    small_campaign_free(&input.small);
}

Test(store_faults, leave_a_store_that_can_be_opened) {
    sweep(open_store);
}

Test(store_faults, leave_no_half_made_store) {
    sweep(make_store);
}

Test(store_faults, leave_no_half_saved_roster) {
    sweep(save);
}

Test(store_faults, leave_nothing_half_loaded) {
    sweep(load);
}

Test(store_faults, leave_the_next_campaign_as_it_was) {
    sweep(carry);
}
