/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several ways to make a roster better, and which to try next. */
#include "engine/accounts.h"

/* What is left of gain and work when the next is entered. */
#define MEMORY 0.6
/* Nobody gets less than this share of all work. */
#define LEAST_SHARE 0.04
/* Values are whole: once less than this is left of a gain it says nothing any more. Whoever gained last would
 * take all but the others' least shares for as long as nobody gains. */
#define FADED 0.5

static double rate_of(const struct pnr_account *account) {
    return account->work > 0 && account->gain >= FADED ? account->gain / account->work : 0;
}

/* Work for each gain so far: where nobody gains of late, those come first who had little of it. */
static double work_for_gains(const struct pnr_account *account) {
    return account->all_work / (1 + account->gains);
}

int32_t pnr_accounts_choose(const struct pnr_account *accounts, int32_t count) {
    double all = 0;
    int32_t least = -1;
    int32_t best = -1;
    for (int32_t i = 0; i < count; i++) {
        const struct pnr_account *at = &accounts[i];
        if (at->rests) {
            continue;
        }
        all += at->all_work;
        least = least < 0 || at->all_work < accounts[least].all_work ? i : least;
        double more = best < 0 ? 1 : rate_of(at) - rate_of(&accounts[best]);
        bool is_better = more > 0 || (more == 0 && work_for_gains(at) < work_for_gains(&accounts[best]));
        best = is_better ? i : best;
    }
    return least >= 0 && accounts[least].all_work <= LEAST_SHARE * all ? least : best;
}

void pnr_account_enter(struct pnr_account *account, int64_t gain, int64_t work) {
    account->gain = MEMORY * account->gain + (double)gain;
    account->work = MEMORY * account->work + (double)work;
    account->all_work += (double)work;
    account->gains += gain > 0;
}
