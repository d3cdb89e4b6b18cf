/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a solve reached, part by part and level by level. */
#include "levels.h"

#include <string.h>

#include "table.h"
#include "words.h"

static void head(const struct cli *cli, struct cli_table *table) {
    const char *const texts[] = {
        cli_text(cli, _("stage")),  cli_text(cli, _("unit")),  cli_text(cli, _("level")),
        cli_text(cli, _("value")),  cli_text(cli, _("bound")), cli_text(cli, _("gap")),
        cli_text(cli, _("status")),
    };
    cli_table_head(table, "lllrrrl", texts);
}

static void put_result(const struct cli *cli, struct cli_table *table,
                       const struct pioneer_campaign *campaign, const struct pioneer_level_result *result) {
    char gap[16];
    bool is_known = result->outcome != PIONEER_UNSOLVED;
    cli_table_cell(table, cli_words_level(cli, campaign, result->level));
    cli_table_number(table, result->value);
    if (is_known) {
        cli_words_gap(result->value, result->bound, result->constant, gap);
        cli_table_number(table, result->bound);
        cli_table_cell(table, gap);
    } else {
        cli_table_cell(table, "");
        cli_table_cell(table, "");
    }
    cli_table_cell(table, cli_words_outcome(cli, result));
}

/* Stage and unit stand in a part's first row alone. */
static void put_part(const struct cli *cli, struct cli_table *table, const struct pioneer_campaign *campaign,
                     const struct pioneer_judged_part *part) {
    for (int32_t i = 0; i < part->level_count; i++) {
        bool is_joint = part->stage == NULL;
        cli_table_cell(table, i > 0      ? ""
                              : is_joint ? cli_text(cli, _("all stages"))
                                         : cli_words_stage(campaign, part->stage));
        cli_table_cell(table, i > 0 ? "" : cli_words_unit(campaign, part->unit));
        put_result(cli, table, campaign, &part->levels[i]);
    }
}

/* Values of parts are within 64 bits, and so may their sum not be: it stops at the largest number. */
static int64_t add_up(int64_t sum, int64_t value) {
    int64_t result;
    if (__builtin_add_overflow(sum, value, &result)) {
        return value > 0 ? INT64_MAX : INT64_MIN;
    }
    return result;
}

/* Adds a result to the sum of its level; the sum is proven when every summand is, else it has the worst
 * outcome. */
static void add_to_sum(struct pioneer_level_result *sums, int *count, int most,
                       const struct pioneer_level_result *result) {
    int at = 0;
    while (at < *count && strcmp(sums[at].level, result->level) != 0) {
        at++;
    }
    if (at == *count) {
        if (*count == most) {
            return;
        }
        sums[(*count)++] = (struct pioneer_level_result){.level = result->level, .outcome = PIONEER_PROVEN};
    }
    sums[at].value = add_up(sums[at].value, result->value);
    sums[at].bound = add_up(sums[at].bound, result->bound);
    sums[at].constant = add_up(sums[at].constant, result->constant);
    if (result->outcome == PIONEER_UNSOLVED || sums[at].outcome == PIONEER_UNSOLVED) {
        sums[at].outcome = PIONEER_UNSOLVED;
    } else if (result->outcome > sums[at].outcome) {
        sums[at].outcome = result->outcome;
    }
}

#define SUMS_MAX 64

/* The sums are the part of no stage. */
static void put_sums(const struct cli *cli, struct cli_table *table, const struct pioneer_campaign *campaign,
                     const struct pioneer_level_result *sums, int count) {
    const struct pioneer_judged_part all = {.levels = sums, .level_count = count};
    put_part(cli, table, campaign, &all);
}

static void put_price(const struct cli *cli, struct cli_table *table, const struct pioneer_campaign *campaign,
                      const struct pioneer_roster *roster) {
    const char *const texts[] = {
        cli_text(cli, _("level")),       cli_text(cli, _("staged")),           cli_text(cli, _("joint")),
        cli_text(cli, _("joint bound")), cli_text(cli, _("price of staging")),
    };
    cli_table_head(table, "lrrrr", texts);
    for (int32_t i = 0; i < pioneer_roster_price_count(roster); i++) {
        const struct pioneer_staging_price *price = pioneer_roster_price_at(roster, i);
        cli_table_cell(table, cli_words_level(cli, campaign, price->level));
        cli_table_number(table, price->staged);
        cli_table_number(table, price->joint_value);
        cli_table_number(table, price->joint_bound);
        cli_table_format(table, "%lld .. %lld",
                         (long long)cli_words_difference(price->staged, price->joint_value),
                         (long long)cli_words_difference(price->staged, price->joint_bound));
    }
}

bool cli_levels_print(const struct cli *cli, const struct pioneer_campaign *campaign,
                      const struct pioneer_roster *roster, FILE *file) {
    struct cli_table table = {0};
    struct pioneer_level_result sums[SUMS_MAX];
    int count = 0;
    head(cli, &table);
    for (int32_t i = 0; i < pioneer_roster_part_count(roster); i++) {
        const struct pioneer_part *part = pioneer_roster_part_at(roster, i);
        const struct pioneer_judged_part view = {.stage = part->stage,
                                                 .unit = part->unit,
                                                 .levels = part->levels,
                                                 .level_count = part->level_count};
        put_part(cli, &table, campaign, &view);
        for (int32_t k = 0; k < part->level_count; k++) {
            add_to_sum(sums, &count, SUMS_MAX, &part->levels[k]);
        }
    }
    if (pioneer_roster_part_count(roster) > 1) {
        put_sums(cli, &table, campaign, sums, count);
    }
    bool ok = cli_table_print(&table, file);
    if (ok && pioneer_roster_price_count(roster) > 0) {
        fputc('\n', file);
        put_price(cli, &table, campaign, roster);
        ok = cli_table_print(&table, file);
    }
    return ok;
}

bool cli_levels_print_judged(const struct cli *cli, const struct pioneer_campaign *campaign,
                             const struct pioneer_report *report) {
    struct cli_table table = {0};
    struct pioneer_level_result sums[SUMS_MAX];
    int count = 0;
    head(cli, &table);
    for (int32_t i = 0; i < pioneer_report_part_count(report); i++) {
        const struct pioneer_judged_part *part = pioneer_report_part_at(report, i);
        put_part(cli, &table, campaign, part);
        for (int32_t k = 0; k < part->level_count; k++) {
            add_to_sum(sums, &count, SUMS_MAX, &part->levels[k]);
        }
    }
    if (pioneer_report_part_count(report) > 1) {
        put_sums(cli, &table, campaign, sums, count);
    }
    return cli_table_print(&table, stdout);
}
