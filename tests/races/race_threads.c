/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tasks that share nothing but their input leave no data race behind. */
#include <stdint.h>
#include <stdio.h>

#include "base/rng.h"
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

/* The results of one thread and of several must be the same. */
int main(void) {
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
    printf("%s 1 - several threads draw what one draws\n1..1\n", different == 0 ? "ok" : "not ok");
    return different != 0;
}
