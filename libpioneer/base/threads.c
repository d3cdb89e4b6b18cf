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

static int thread_count(int threads, int tasks) {
    if (threads <= 0) {
        threads = pnr_threads_available();
    }
    threads = threads < PNR_THREADS_MAX ? threads : PNR_THREADS_MAX;
    return threads < tasks ? threads : tasks;
}

enum pioneer_status pnr_parallel(int threads, int tasks, void (*run)(void *context, int task),
                                 void *context) {
    if (tasks <= 0) {
        return PIONEER_OK;
    }
    struct job job = {.run = run, .context = context, .tasks = tasks};
    atomic_init(&job.next, 0);
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t started[PNR_THREADS_MAX];
    const int wanted = thread_count(threads, tasks);
    int count = 0;
    while (count < wanted && pthread_create(&started[count], NULL, work, &job) == 0) {
        count++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    for (int i = 0; i < count; i++) {
        pthread_join(started[i], NULL);
    }
    return count > 0 ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}
