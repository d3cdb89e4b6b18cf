/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Independent tasks on private threads. */
#include "base/threads.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

struct job {
    void (*run)(void *context, int task);
    void *context;
    int tasks;
    atomic_int next;
};

static void *work(void *argument) {
    struct job *job = argument;
    for (;;) {
        const int task = atomic_fetch_add(&job->next, 1);
        if (task >= job->tasks) {
            return NULL;
        }
        job->run(job->context, task);
    }
}

int pnr_threads_available(void) {
    const long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores <= 0 ? 1 : cores < PNR_THREADS_MAX ? (int)cores : PNR_THREADS_MAX;
}

int pnr_threads_count(int threads) {
    threads = threads <= 0 ? pnr_threads_available() : threads;
    return threads < PNR_THREADS_MAX ? threads : PNR_THREADS_MAX;
}

int pnr_threads_start(int wanted, void *(*run)(void *argument), void *argument, pthread_t *started) {
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int count = 0;
    while (count < wanted && pthread_create(&started[count], NULL, run, argument) == 0) {
        count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return count;
}

enum pioneer_status pnr_parallel(int threads, int tasks, void (*run)(void *context, int task),
                                 void *context) {
    if (tasks <= 0) {
        return PIONEER_OK;
    }
    struct job job = {.run = run, .context = context, .tasks = tasks};
    atomic_init(&job.next, 0);
    pthread_t started[PNR_THREADS_MAX];
    threads = pnr_threads_count(threads);
    const int count = pnr_threads_start(threads < tasks ? threads : tasks, work, &job, started);
    for (int i = 0; i < count; i++) {
        pthread_join(started[i], NULL);
    }
    return count > 0 ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}
