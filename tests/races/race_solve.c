/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A solve with several threads, and two solves at once, leave no data race behind. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include <pioneer/solve.h>

/* Two units of one tier, so that their parts run at the same time, below a root with a part of its own. */
static struct pioneer_campaign *make_campaign(void) {
    struct pioneer_campaign *campaign = NULL;
    if (pioneer_campaign_new(&campaign) != PIONEER_OK) {
        return NULL;
    }
    const char *units[] = {"r", "a", "b"};
    const char *site = "g";
    const char *slots[] = {"m", "e"};
    bool ok = true;
    for (int u = 0; u < 3; u++) {
        struct pioneer_unit unit = {.id = units[u], .parent = u == 0 ? NULL : "r"};
        struct pioneer_post post = {.id = units[u], .unit = units[u]};
        ok = ok && pioneer_campaign_add_unit(campaign, &unit, NULL) == PIONEER_OK &&
             pioneer_campaign_add_post(campaign, &post, NULL) == PIONEER_OK;
    }
    for (int m = 0; m < 24; m++) {
        const char id[] = {'m', (char)('a' + m), '\0'};
        struct pioneer_member member = {
            .id = id, .name = id, .unit = units[1 + m % 2], .nominated = m % 3 == 0};
        ok = ok && pioneer_campaign_add_member(campaign, &member, NULL) == PIONEER_OK;
    }
    struct pioneer_site gate = {.id = site};
    struct pioneer_slot morning = {.id = "m", .from_min = 480, .to_min = 720};
    struct pioneer_slot evening = {.id = "e", .from_min = 1080, .to_min = 1320};
    struct pioneer_stage stage = {.id = "s", .from_day = 18309, .to_day = 18313};
    ok = ok && pioneer_campaign_add_site(campaign, &gate, NULL) == PIONEER_OK &&
         pioneer_campaign_add_slot(campaign, &morning, NULL) == PIONEER_OK &&
         pioneer_campaign_add_slot(campaign, &evening, NULL) == PIONEER_OK &&
         pioneer_campaign_add_stage(campaign, &stage, NULL) == PIONEER_OK;
    for (int u = 0; u < 3; u++) {
        struct pioneer_demand demand = {.post = units[u],
                                        .sites = &site,
                                        .site_count = 1,
                                        .slots = slots,
                                        .slot_count = 2,
                                        .min = 2,
                                        .target = 3,
                                        .has_target = true};
        ok = ok && pioneer_campaign_add_demand(campaign, &demand, NULL) == PIONEER_OK;
    }
    if (!ok || pioneer_campaign_validate(campaign, NULL) != PIONEER_OK) {
        pioneer_campaign_free(campaign);
        return NULL;
    }
    return campaign;
}

static bool count_calls(void *context, const struct pioneer_progress *progress) {
    (void)progress;
    ++*(int *)context; /* one thread at a time calls: this needs no lock */
    return true;
}

static void *solve(void *context) {
    int calls = 0;
    struct pioneer_solve_options options =
        PIONEER_SOLVE_OPTIONS(.threads = 3, .work_limit = 300000, .progress = count_calls,
                              .progress_context = &calls);
    struct pioneer_roster *roster = NULL;
    enum pioneer_status status = pioneer_solve(context, &options, &roster, NULL);
    return status == PIONEER_OK && calls > 0 ? roster : NULL;
}

int main(void) {
    struct pioneer_campaign *campaign = make_campaign();
    struct pioneer_roster *rosters[2] = {NULL, NULL};
    pthread_t threads[2];
    for (int i = 0; i < 2 && campaign != NULL; i++) {
        if (pthread_create(&threads[i], NULL, solve, campaign) != 0) {
            return 1;
        }
    }
    for (int i = 0; i < 2 && campaign != NULL; i++) {
        void *roster = NULL;
        pthread_join(threads[i], &roster);
        rosters[i] = roster;
    }
    bool same = rosters[0] != NULL && rosters[1] != NULL &&
                pioneer_roster_count(rosters[0]) == pioneer_roster_count(rosters[1]) &&
                pioneer_roster_count(rosters[0]) > 0;
    pioneer_roster_free(rosters[0]);
    pioneer_roster_free(rosters[1]);
    pioneer_campaign_free(campaign);
    printf("%s 1 - two solves with three threads each give equally long rosters\n1..1\n",
           same ? "ok" : "not ok");
    return !same;
}
