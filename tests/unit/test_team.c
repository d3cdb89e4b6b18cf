/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/team. */
#include <criterion/criterion.h>
#include <stdatomic.h>
#include <time.h>

#include "base/team.h"

enum { MOST = 40 };

struct record {
    atomic_int runs_of_task[MOST];
    int plain_of_task[MOST]; /* read by the caller without any lock: a round ends after its tasks */
};

static void note(void *context, int task) {
    struct record *record = context;
    atomic_fetch_add(&record->runs_of_task[task], 1);
    record->plain_of_task[task]++;
}

static void run_rounds(int threads, int rounds, long pause_ns) {
    struct record record = {0};
    struct pnr_team *team;
    int expected[MOST] = {0};
    cr_assert(pnr_team_new(threads, &team));
    for (int i = 0; i < rounds; i++) {
        int tasks = i * 7 % (MOST + 1);
        pnr_team_run(team, tasks, note, &record);
        for (int t = 0; t < MOST; t++) {
            expected[t] += t < tasks;
            cr_assert_eq(atomic_load(&record.runs_of_task[t]), expected[t]);
            cr_assert_eq(record.plain_of_task[t], expected[t]);
        }
        if (pause_ns > 0) {
            nanosleep(&(struct timespec){0, pause_ns}, NULL);
        }
    }
    pnr_team_free(team);
}

Test(team, runs_every_task_of_every_round_once) {
    run_rounds(4, 5000, 0);
}

Test(team, of_one_is_the_caller) {
    run_rounds(1, 100, 0);
}

Test(team, is_as_large_as_there_are_cores_when_not_told) {
    run_rounds(0, 1000, 0);
}

Test(team, of_too_many_makes_do_with_fewer) {
    run_rounds(1000000, 100, 0);
}

Test(team, wakes_after_a_pause) {
    run_rounds(3, 60, 5000000);
}

Test(team, that_never_ran_ends) {
    struct pnr_team *team;
    cr_assert(pnr_team_new(3, &team));
    pnr_team_free(team);
    pnr_team_free(NULL);
}
