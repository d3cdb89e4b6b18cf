/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes a chosen allocation of the whole process fail, and counts what stays allocated. */
#ifndef ALLOC_HOOK_H
#define ALLOC_HOOK_H

#include <stdbool.h>
#include <stdint.h>

#include <pioneer/status.h>

/*
 * Linked into a test program, the hook stands in for malloc, calloc, realloc and free of the C library, for
 * every shared library of the process too (cJSON, SQLite, GLPK, …). It only counts and fails between arm and
 * disarm, in all threads; at other times it passes everything through. A typical test:
 *
 *     cr_skip_test_if(!alloc_hook_works());
 *     struct alloc_hook_sweep sweep;
 *     cr_assert(alloc_hook_sweep(load_and_free, &input, &sweep), "allocation %d", (int)sweep.bad_at);
 *     cr_assert_gt(sweep.passes, 10);
 *
 * Between arm and disarm do not assert or print: both may allocate. Such programs cannot run under valgrind,
 * which wants to be the one that stands in.
 */

struct alloc_hook_counts {
    int64_t allocations; /* attempts since arming, the failed one included */
    int64_t live;        /* blocks allocated since arming and not freed; -1: too many to follow */
    bool failed;         /* the chosen allocation was reached */
    /* If it was a realloc(): the code that called it. */
    void *resizer;
};

/* Whether the hook is in force: not in a build with a sanitizer, which has an allocator of its own. */
bool alloc_hook_works(void);

/* Starts counting; the `fail_at`-th allocation from now fails (1: the next one, 0: none). */
void alloc_hook_arm(int64_t fail_at);

struct alloc_hook_counts alloc_hook_disarm(void);

/* Whether the one block that was left behind is GLPK's own loss: GLPK 5.0 takes a block out of its list
 * before it resizes it, and nobody can free it any more when that fails. */
bool alloc_hook_lost_by_glpk(const struct alloc_hook_counts *seen);

/* One pass of a sweep: does its work and gives back everything it allocated. */
typedef enum pioneer_status alloc_hook_pass_fn(void *context);

struct alloc_hook_sweep {
    int64_t passes;                 /* with a failure injected */
    int64_t tolerated;              /* of these, how many succeeded all the same */
    int64_t lost;                   /* of these, in how many GLPK lost a block of its own */
    int64_t bad_at;                 /* the first allocation whose failure went wrong, 0: none */
    enum pioneer_status bad_status; /* what the pass returned there */
    int64_t bad_live;               /* the blocks it left behind */
};

/*
 * Runs the pass without failures, then with the first, second, third … allocation failing, until a pass
 * reaches its end first. True when the passes with a failure returned PIONEER_E_NO_MEMORY (or PIONEER_OK: the
 * failure was made good, which `tolerated` counts), the others PIONEER_OK, and none left a block behind
 * but GLPK.
 *
 * The pass runs once before anything is counted, since the C library keeps some memory for good the first
 * time (thread stacks, time zones, stream buffers). For the same reason let a pass use one thread: how many
 * stacks the C library keeps for several depends on when they end.
 */
bool alloc_hook_sweep(alloc_hook_pass_fn *pass, void *context, struct alloc_hook_sweep *sweep);

#endif
