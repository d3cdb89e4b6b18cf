/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/budget. */
#include <criterion/criterion.h>

#include "base/budget.h"

Test(budget, without_limits_never_stops) {
    struct pnr_budget budget = {0};
    pnr_budget_spend(&budget, INT64_MAX);
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_NONE);
}

Test(budget, stops_when_the_work_is_used_up) {
    struct pnr_budget budget = {.work_limit = 10};
    pnr_budget_spend(&budget, 9);
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_NONE);
    pnr_budget_spend(&budget, 1);
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_WORK);
}

Test(budget, counts_to_the_end_of_the_numbers_without_overflow) {
    struct pnr_budget budget = {.work_limit = INT64_MAX};
    pnr_budget_spend(&budget, INT64_MAX - 1);
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_NONE);
    pnr_budget_spend(&budget, INT64_MAX - 1);
    cr_assert_eq(budget.work_used, INT64_MAX);
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_WORK);
}

Test(budget, stops_at_its_deadline) {
    struct pnr_budget budget = {.deadline_ms = pnr_clock_ms() + 60000};
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_NONE);
    budget.deadline_ms = pnr_clock_ms();
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_TIME);
}

Test(budget, tells_cancellation_before_work_before_time) {
    atomic_bool cancel;
    atomic_init(&cancel, false);
    struct pnr_budget budget = {.work_limit = 1, .work_used = 1, .deadline_ms = 1, .cancel = &cancel};
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_WORK);
    atomic_store(&cancel, true);
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_CANCEL);
    budget.cancel = NULL;
    budget.work_used = 0;
    cr_assert_eq(pnr_budget_stop(&budget), PNR_STOP_TIME);
}

Test(budget, has_a_clock_that_never_goes_back) {
    int64_t last = pnr_clock_ms();
    for (int i = 0; i < 10000; i++) {
        const int64_t now = pnr_clock_ms();
        cr_assert_geq(now, last);
        last = now;
    }
}

/* Work is for its owner to look at: who only asks whether it is late must not be stopped by it. */
Test(budget, is_late_by_its_clock_or_by_cancellation_alone) {
    atomic_bool cancel;
    atomic_init(&cancel, false);
    struct pnr_budget budget = {.work_limit = 1, .work_used = 1, .cancel = &cancel};
    cr_assert_not(pnr_budget_is_late(&budget));
    budget.deadline_ms = pnr_clock_ms() + 60000;
    cr_assert_not(pnr_budget_is_late(&budget));
    atomic_store(&cancel, true);
    cr_assert(pnr_budget_is_late(&budget));
    budget.cancel = NULL;
    cr_assert_not(pnr_budget_is_late(&budget));
    budget.deadline_ms = pnr_clock_ms();
    cr_assert(pnr_budget_is_late(&budget));
}
