/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Threads that stay together for many short rounds of tasks. */
#include "base/team.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/threads.h"

/* Looks at the round before a waiting thread falls asleep: some 100 microseconds. */
#define LOOKS 4000
/* Looks before the caller, who waits for the last tasks of a round, gives way to whoever holds its core. */
#define LOOKS_BEFORE_YIELD 200

/*
 * The round at hand: its number in the upper half, how many of its tasks nobody has taken in the lower one.
 * Whoever takes one counts down by compare and exchange: it succeeds in the same round alone, and the round
 * does not end before the task does, so that `run` and `context` are read safely after it.
 */
typedef uint64_t ticket;
#define ROUND    ((ticket)1 << 32)
#define TASKS_OF (ROUND - 1)

struct pnr_team {
    _Atomic ticket ticket;
    atomic_int done; /* tasks of the round */
    void (*run)(void *context, int task);
    void *context;
    atomic_bool ends;
    atomic_int asleep;
    pthread_mutex_t lock; /* for falling asleep and waking */
    pthread_cond_t wake;
    int helpers;
    pthread_t threads[PNR_THREADS_MAX];
};

static void rest_a_moment(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/* Runs tasks of the round until all are taken. */
static void help(struct pnr_team *team) {
    ticket at = atomic_load(&team->ticket);
    while ((at & TASKS_OF) > 0) {
        if (atomic_compare_exchange_weak(&team->ticket, &at, at - 1)) {
            team->run(team->context, (int)(at & TASKS_OF) - 1);
            atomic_fetch_add(&team->done, 1);
            at = atomic_load(&team->ticket);
        }
    }
}

static bool has_work(struct pnr_team *team) {
    return (atomic_load(&team->ticket) & TASKS_OF) > 0 || atomic_load(&team->ends);
}

static void await_work(struct pnr_team *team) {
    for (int i = 0; i < LOOKS; i++) {
        if (has_work(team)) {
            return;
        }
        rest_a_moment();
    }
    pthread_mutex_lock(&team->lock);
    atomic_fetch_add(&team->asleep, 1);
    while (!has_work(team)) {
        pthread_cond_wait(&team->wake, &team->lock);
    }
    atomic_fetch_sub(&team->asleep, 1);
    pthread_mutex_unlock(&team->lock);
}

static void *serve(void *argument) {
    struct pnr_team *team = argument;
    while (!atomic_load(&team->ends)) {
        help(team);
        await_work(team);
    }
    return NULL;
}

/* Whoever falls asleep counts itself before it looks for the last time, so that nobody is missed. */
static void wake_all(struct pnr_team *team) {
    if (atomic_load(&team->asleep) > 0) {
        pthread_mutex_lock(&team->lock);
        pthread_cond_broadcast(&team->wake);
        pthread_mutex_unlock(&team->lock);
    }
}

bool pnr_team_new(int threads, struct pnr_team **out) {
    struct pnr_team *team = calloc(1, sizeof *team);
    *out = team;
    if (team == NULL) {
        return false;
    }
    pthread_mutex_init(&team->lock, NULL);
    pthread_cond_init(&team->wake, NULL);
    team->helpers = pnr_threads_start(pnr_threads_count(threads) - 1, serve, team, team->threads);
    return true;
}

void pnr_team_free(struct pnr_team *team) {
    if (team == NULL) {
        return;
    }
    atomic_store(&team->ends, true);
    wake_all(team);
    for (int i = 0; i < team->helpers; i++) {
        pthread_join(team->threads[i], NULL);
    }
    pthread_cond_destroy(&team->wake);
    pthread_mutex_destroy(&team->lock);
    free(team);
}

void pnr_team_run(struct pnr_team *team, int tasks, void (*run)(void *context, int task), void *context) {
    ticket round = (atomic_load(&team->ticket) & ~TASKS_OF) + ROUND;
    team->run = run;
    team->context = context;
    atomic_store(&team->done, 0);
    atomic_store(&team->ticket, round + (ticket)tasks);
    wake_all(team);
    help(team);
    for (int looks = 1; atomic_load(&team->done) < tasks; looks++) {
        if (looks % LOOKS_BEFORE_YIELD == 0) {
            sched_yield();
        } else {
            rest_a_moment();
        }
    }
}
