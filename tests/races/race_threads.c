/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks that share nothing but their input leave no data race behind. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/team.h"
#include "base/threads.h"

enum { TASKS = 2000 };

struct work {
    struct pnr_rng seed;
    uint64_t drawn_by_task[TASKS];
};

static void draw(void *context, int task) {
    struct work *work = context;
    struct pnr_rng rng = pnr_rng_fork(&work->seed, (uint64_t)task);
    for (int i = 0; i < 100; i++) {
        work->drawn_by_task[task] ^= pnr_rng_next(&rng);
    }
}

enum { ROUNDS = 3000, STEPS = 8 };

struct walk {
    uint64_t at[STEPS];
    uint64_t next[STEPS];
};

static void step(void *context, int task) {
    struct walk *walk = context;
    uint64_t left = walk->at[(task + STEPS - 1) % STEPS];
    walk->next[task] = walk->at[task] * 6364136223846793005U + left + (uint64_t)task;
}

/* Rounds in which every task reads what others wrote in the one before. */
static bool go(int threads, struct walk *walk) {
    struct pnr_team *team;
    if (!pnr_team_new(threads, &team)) {
        return false;
    }
    for (int i = 0; i < ROUNDS; i++) {
        pnr_team_run(team, STEPS, step, walk);
        memcpy(walk->at, walk->next, sizeof walk->at);
    }
    pnr_team_free(team);
    return true;
}

/* The results of one thread and of several must be the same. */
int main(void) {
    struct walk walk_alone = {{0}, {0}};
    struct walk walk_together = {{0}, {0}};
    static struct work alone;
    static struct work together;
    pnr_rng_seed(&alone.seed, 1);
    pnr_rng_seed(&together.seed, 1);
    if (pnr_parallel(1, TASKS, draw, &alone) != PIONEER_OK ||
        pnr_parallel(4, TASKS, draw, &together) != PIONEER_OK) {
        return 1;
    }
    int different = 0;
    for (int i = 0; i < TASKS; i++) {
        different += alone.drawn_by_task[i] != together.drawn_by_task[i];
    }
    printf("%s 1 - several threads draw what one draws\n", different == 0 ? "ok" : "not ok");
    bool alike = go(1, &walk_alone) && go(4, &walk_together) &&
                 memcmp(walk_alone.at, walk_together.at, sizeof walk_alone.at) == 0;
    printf("%s 2 - a team goes where one goes\n1..2\n", alike ? "ok" : "not ok");
    return different != 0 || !alike;
}
