/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of every export fails once. */
#include <criterion/criterion.h>

#include <pioneer/export.h>
#include <pioneer/text.h>

#include "alloc_hook.h"
#include "small_campaign.h"

struct input {
    struct small_campaign small;
    struct pioneer_report *report;
};

static enum pioneer_status give_back(enum pioneer_status status, char *text) {
    /* A failed call must not have handed anything over. */
    const bool consistent = (status == PIONEER_OK) == (text != NULL);
    pioneer_free(text);
    return consistent ? status : PIONEER_E_INVALID;
}

static enum pioneer_status export_html(void *context) {
    const struct input *input = context;
    char *text;
    size_t length;
    const enum pioneer_status status = pioneer_export_html(input->small.campaign, input->small.roster,
                                                           input->report, "zh", &text, &length, NULL);
    return give_back(status, text);
}

static enum pioneer_status export_csv(void *context) {
    const struct input *input = context;
    char *text;
    size_t length;
    const enum pioneer_status status =
        pioneer_export_csv(input->small.campaign, input->small.roster, "zh", &text, &length, NULL);
    return give_back(status, text);
}

static enum pioneer_status export_ics(void *context) {
    const struct input *input = context;
    char *text;
    size_t length;
    const enum pioneer_status status = pioneer_export_ics(input->small.campaign, input->small.roster, NULL,
                                                          "gate", 0, "zh", &text, &length, NULL);
    return give_back(status, text);
}

static enum pioneer_status format_message(void *context) {
    (void)context;
    char *text = pioneer_message_format("en", "a message without a translation", NULL, 0);
    pioneer_free(text);
    return text ? PIONEER_OK : PIONEER_E_NO_MEMORY;
}

static void sweep(alloc_hook_pass_fn *pass) {
    struct input input;
    struct alloc_hook_sweep result;
    if (!alloc_hook_works()) {
        cr_skip_test("the sanitizer has an allocator of its own");
    }
    small_campaign_make(&input.small, &(struct small_campaign_names){0});
    cr_assert_eq(pioneer_check(input.small.campaign, input.small.roster, "zh", &input.report, NULL),
                 PIONEER_OK);
    cr_assert(alloc_hook_sweep(pass, &input, &result), "allocation %d: status %d, %d blocks left",
              (int)result.bad_at, (int)result.bad_status, (int)result.bad_live);
    cr_assert_gt(result.passes, 0);
    pioneer_report_free(input.report);
    small_campaign_free(&input.small);
}

Test(export_faults, leave_no_half_written_page) {
    sweep(export_html);
}

Test(export_faults, leave_no_half_written_table) {
    sweep(export_csv);
}

Test(export_faults, leave_no_half_written_calendar) {
    sweep(export_ics);
}

Test(export_faults, leave_no_half_written_message) {
    sweep(format_message);
}
