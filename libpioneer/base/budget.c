/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When to stop: a deterministic work limit, a wall-clock limit, or a caller who cancels. */
#include "base/budget.h"

#include <stddef.h>
#include <time.h>

void pnr_budget_spend(struct pnr_budget *budget, int64_t units) {
    const int64_t left = INT64_MAX - budget->work_used;
    budget->work_used += units < left ? units : left;
}

enum pnr_stop pnr_budget_stop(const struct pnr_budget *budget) {
    if (budget->cancel && atomic_load_explicit(budget->cancel, memory_order_relaxed)) {
        return PNR_STOP_CANCEL;
    }
    if (budget->work_limit > 0 && budget->work_used >= budget->work_limit) {
        return PNR_STOP_WORK;
    }
    if (budget->deadline_ms > 0 && pnr_clock_ms() >= budget->deadline_ms) {
        return PNR_STOP_TIME;
    }
    return PNR_STOP_NONE;
}

int64_t pnr_clock_ms(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool pnr_budget_is_late(const struct pnr_budget *budget) {
    return (budget->cancel != NULL && atomic_load(budget->cancel)) ||
           (budget->deadline_ms > 0 && pnr_clock_ms() >= budget->deadline_ms);
}
