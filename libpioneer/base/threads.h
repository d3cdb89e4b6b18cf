/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Independent tasks on private threads. */
#ifndef PNR_BASE_THREADS_H
#define PNR_BASE_THREADS_H

#include <pthread.h>

#include "base/status.h"

/** More threads than this are never started. */
#define PNR_THREADS_MAX 64

/** How many threads `threads` <= 0 stands for: one per core, at most PNR_THREADS_MAX. */
int pnr_threads_available(void);

/** How many threads are meant by `threads`: that, at most PNR_THREADS_MAX. */
int pnr_threads_count(int threads);

/** Starts run(argument) on `wanted` threads, or on as many as there can be; how many. Signals are blocked
 * there, so that an interrupt reaches the caller's thread. The caller joins them. */
int pnr_threads_start(int wanted, void *(*run)(void *argument), void *argument, pthread_t *started);

/**
 * Calls run(context, task) once for each task 0 … tasks-1 and returns when all have returned. Tasks are
 * handed out in index order to at most `threads` threads (0 or less: one per core). No task runs on the
 * calling thread, even with one thread: a GLPK environment belongs to its thread, and the caller's may hold
 * one of his own. Signals are blocked on the private threads, so that an interrupt reaches the caller's.
 *
 * Fewer threads than asked for are made do with. PIONEER_E_NO_MEMORY, with no task run, when not even one
 * starts.
 */
PIONEER_MUST_USE enum pioneer_status pnr_parallel(int threads, int tasks,
                                                  void (*run)(void *context, int task), void *context);

#endif
