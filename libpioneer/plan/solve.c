/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The public solve: options in, roster out. */
#include <pioneer/version.h>
#include <stdio.h>
#include <string.h>

#include "base/status.h"
#include "lp/lp.h"
#include "plan/plan.h"
#include "roster/roster.h"

void pioneer_solve_options_init(struct pioneer_solve_options *options, size_t struct_size) {
    memset(options, 0, struct_size);
    options->struct_size = struct_size;
}

/* A full set of options from what an older or newer caller gave. */
static enum pioneer_status complete(const struct pioneer_solve_options *given,
                                    struct pioneer_solve_options *full, struct pioneer_error *error) {
    pioneer_solve_options_init(full, sizeof *full);
    if (given != NULL) {
        size_t size = given->struct_size != 0 ? given->struct_size : sizeof *full;
        memcpy(full, given, size < sizeof *full ? size : sizeof *full);
        full->struct_size = sizeof *full;
    }
    bool mode_known = full->mode == PIONEER_STAGED || full->mode == PIONEER_JOINT;
    bool outlook_known = full->outlook == PIONEER_OUTLOOK_KNOWN ||
                         full->outlook == PIONEER_OUTLOOK_EXPECTED || full->outlook == PIONEER_OUTLOOK_NONE;
    if (!mode_known || !outlook_known || full->threads < 0 || full->work_limit < 0 ||
        full->time_limit_ms < 0 || full->effort_percent < 0 || full->effort_percent > 1000000) {
        return pnr_fail(error, PIONEER_E_RANGE, "bad-option", "options",
                        "a solve option is outside its range");
    }
    bool by_time_alone = full->time_limit_ms > 0 && full->work_limit == 0;
    if (full->effort_percent == 0 && !by_time_alone) {
        full->effort_percent = 100;
    }
    return PIONEER_OK;
}

static enum pioneer_status describe(const struct pnr_plan *plan, const struct pioneer_solve_options *options,
                                    struct pioneer_roster *roster) {
    char input_hash[PNR_FINGERPRINT_BYTES];
    enum pioneer_status status = pnr_campaign_fingerprint(plan->campaign, input_hash);
    if (status != PIONEER_OK) {
        return status;
    }
    char made_by[96];
    snprintf(made_by, sizeof made_by, "libpioneer %s, GLPK %s", PIONEER_VERSION_STRING, pnr_lp_version());
    struct pioneer_roster_info info = {
        .struct_size = sizeof info,
        .campaign = plan->campaign->settings.name,
        .mode = options->mode,
        .seed = options->seed,
        .work_limit = options->work_limit,
        .work_used = plan->work_done,
        .reproducible = plan->is_reproducible,
        .input_hash = input_hash,
        .made_by = made_by,
    };
    return pnr_roster_set_info(roster, &info);
}

static bool is_priced(const struct pioneer_solve_options *options) {
    return options->price_of_staging && options->mode == PIONEER_STAGED;
}

/* The options of the first solve: where a second one follows, half of each limit, which stays one. */
static struct pioneer_solve_options options_of_first(const struct pioneer_solve_options *options) {
    struct pioneer_solve_options first = *options;
    if (is_priced(options)) {
        first.work_limit = options->work_limit / 2 + options->work_limit % 2;
        first.time_limit_ms = options->time_limit_ms / 2 + options->time_limit_ms % 2;
    }
    return first;
}

static enum pioneer_status solve_into(struct pnr_plan *plan, const struct pioneer_solve_options *options,
                                      struct pioneer_roster *roster) {
    enum pioneer_status status = pnr_plan_run(plan, roster);
    if (status == PIONEER_OK && is_priced(options)) {
        status = pnr_plan_price_staging(plan, options, roster);
    }
    if (status == PIONEER_OK) {
        status = pnr_roster_sort(roster, plan->campaign);
    }
    return status == PIONEER_OK ? describe(plan, options, roster) : status;
}

static enum pioneer_status explain(enum pioneer_status status, struct pioneer_error *error) {
    if (status == PIONEER_E_NO_MEMORY) {
        return pnr_fail_no_memory(error);
    }
    if (status != PIONEER_OK) {
        return pnr_fail(error, status, "solver-failed", "",
                        "the linear solver gave up and could not be restarted");
    }
    return PIONEER_OK;
}

enum pioneer_status pioneer_solve(const struct pioneer_campaign *campaign,
                                  const struct pioneer_solve_options *options, struct pioneer_roster **out,
                                  struct pioneer_error *error) {
    *out = NULL;
    if (campaign == NULL || !campaign->validated) {
        return pnr_fail(error, PIONEER_E_INVALID, "not-validated", "",
                        "the campaign has not been validated since its last change");
    }
    struct pioneer_solve_options full;
    enum pioneer_status status = complete(options, &full, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pioneer_roster *roster;
    status = pioneer_roster_new(&roster);
    if (status != PIONEER_OK) {
        return explain(status, error);
    }
    struct pnr_plan plan;
    struct pioneer_solve_options first = options_of_first(&full);
    status = pnr_plan_init(&plan, campaign, &first, full.mode == PIONEER_JOINT);
    if (status == PIONEER_OK) {
        status = solve_into(&plan, &full, roster);
    }
    pnr_plan_fini(&plan);
    if (status != PIONEER_OK) {
        pioneer_roster_free(roster);
        return explain(status, error);
    }
    *out = roster;
    return PIONEER_OK;
}
