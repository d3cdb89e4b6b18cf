/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/threads. */
#include <criterion/criterion.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

#include "base/threads.h"

enum { TASKS = 1000 };

struct record {
    atomic_int runs_of_task[TASKS];
    atomic_int order;
    int order_of_task[TASKS];
    pthread_t caller;
    atomic_int on_the_caller;
    atomic_int interruptible;
};

static struct record record;

static void note(void *context, int task) {
    struct record *to = context;
    atomic_fetch_add(&to->runs_of_task[task], 1);
    to->order_of_task[task] = atomic_fetch_add(&to->order, 1);
    atomic_fetch_add(&to->on_the_caller, pthread_equal(pthread_self(), to->caller) != 0);
    sigset_t blocked;
    pthread_sigmask(SIG_SETMASK, NULL, &blocked);
    atomic_fetch_add(&to->interruptible, sigismember(&blocked, SIGINT) == 0);
}

static void run(int threads) {
    record.caller = pthread_self();
    cr_assert_eq(pnr_parallel(threads, TASKS, note, &record), PIONEER_OK);
    for (int i = 0; i < TASKS; i++) {
        cr_assert_eq(atomic_load(&record.runs_of_task[i]), 1);
    }
    cr_assert_eq(atomic_load(&record.on_the_caller), 0);
    cr_assert_eq(atomic_load(&record.interruptible), 0);
}

Test(threads, run_every_task_once) {
    run(4);
}

Test(threads, are_as_many_as_there_are_cores_when_not_told) {
    run(0);
}

Test(threads, are_never_more_than_the_limit) {
    run(1000000);
}

Test(threads, keep_the_order_when_there_is_only_one) {
    run(1);
    for (int i = 0; i < TASKS; i++) {
        cr_assert_eq(record.order_of_task[i], i);
    }
}

Test(threads, have_nothing_to_do_without_tasks) {
    cr_assert_eq(pnr_parallel(4, 0, note, &record), PIONEER_OK);
    cr_assert_eq(pnr_parallel(4, -1, note, &record), PIONEER_OK);
    cr_assert_eq(atomic_load(&record.order), 0);
}

Test(threads, leave_the_signals_of_the_caller_alone) {
    sigset_t before;
    sigset_t after;
    sigemptyset(&before);
    sigaddset(&before, SIGUSR1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    run(3);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    cr_assert(sigismember(&after, SIGUSR1));
    cr_assert_not(sigismember(&after, SIGINT));
}
