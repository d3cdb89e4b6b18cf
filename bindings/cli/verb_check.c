/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pioneer check: judges a roster independently of how it was made. */
#include "json.h"
#include "levels.h"
#include "options.h"
#include "source.h"
#include "words.h"

struct settings {
    struct cli_arguments arguments;
    bool json;
};

enum { KEY_JSON = CLI_KEY_FIRST_FREE };

static error_t take(int key, char *value, struct argp_state *state) {
    struct settings *settings = state->input;
    (void)value;
    if (key != KEY_JSON) {
        return ARGP_ERR_UNKNOWN;
    }
    settings->json = true;
    return 0;
}

static void put_violation(const struct pioneer_violation *violation) {
    bool is_first = true;
    putchar('{');
    cli_json_text(stdout, &is_first, "code", violation->code);
    cli_json_text(stdout, &is_first, "rule", violation->rule);
    cli_json_text(stdout, &is_first, "member", violation->member);
    cli_json_text(stdout, &is_first, "duty", violation->duty);
    cli_json_text(stdout, &is_first, "message", violation->message);
    putchar('}');
}

static void put_shortage(const struct pioneer_shortage *shortage) {
    char date[16];
    bool is_first = true;
    cli_words_date(shortage->day, date);
    putchar('{');
    cli_json_text(stdout, &is_first, "stage", shortage->stage);
    cli_json_text(stdout, &is_first, "post", shortage->post);
    cli_json_text(stdout, &is_first, "site", shortage->site);
    cli_json_text(stdout, &is_first, "date", date);
    cli_json_text(stdout, &is_first, "slot", shortage->slot);
    cli_json_number(stdout, &is_first, "assigned", shortage->assigned);
    cli_json_number(stdout, &is_first, "min", shortage->min);
    cli_json_number(stdout, &is_first, "target", shortage->target);
    printf(", \"lead_missing\": %s}", shortage->lead_missing ? "true" : "false");
}

static void put_terms(const struct pioneer_judged_part *part) {
    for (int32_t i = 0; i < part->term_count; i++) {
        bool is_first = true;
        fputs(i == 0 ? "{" : ", {", stdout);
        cli_json_text(stdout, &is_first, "level", part->terms[i].level);
        cli_json_text(stdout, &is_first, "rule", part->terms[i].rule);
        cli_json_number(stdout, &is_first, "weight", part->terms[i].weight);
        cli_json_number(stdout, &is_first, "amount", part->terms[i].amount);
        putchar('}');
    }
}

static void put_part(const struct pioneer_judged_part *part) {
    bool is_first = true;
    putchar('{');
    cli_json_text(stdout, &is_first, "stage", part->stage);
    cli_json_text(stdout, &is_first, "unit", part->unit);
    fputs(", \"levels\": [", stdout);
    for (int32_t i = 0; i < part->level_count; i++) {
        is_first = true;
        fputs(i == 0 ? "{" : ", {", stdout);
        cli_json_text(stdout, &is_first, "level", part->levels[i].level);
        cli_json_number(stdout, &is_first, "value", part->levels[i].value);
        cli_json_number(stdout, &is_first, "bound", part->levels[i].bound);
        putchar('}');
    }
    fputs("], \"terms\": [", stdout);
    put_terms(part);
    fputs("]}", stdout);
}

static void report_json(const struct pioneer_report *report) {
    int32_t violations = pioneer_report_violation_count(report);
    printf("{\"clean\": %s, \"violations\": [", violations == 0 ? "true" : "false");
    for (int32_t i = 0; i < violations; i++) {
        fputs(i == 0 ? "" : ", ", stdout);
        put_violation(pioneer_report_violation_at(report, i));
    }
    fputs("], \"notes\": [", stdout);
    for (int32_t i = 0; i < pioneer_report_note_count(report); i++) {
        const struct pioneer_finding *note = pioneer_report_note_at(report, i);
        fputs(i == 0 ? "" : ", ", stdout);
        cli_json_finding(stdout, "note", note->code, note->where, note->message);
    }
    fputs("], \"shortages\": [", stdout);
    for (int32_t i = 0; i < pioneer_report_shortage_count(report); i++) {
        fputs(i == 0 ? "" : ", ", stdout);
        put_shortage(pioneer_report_shortage_at(report, i));
    }
    fputs("], \"parts\": [", stdout);
    for (int32_t i = 0; i < pioneer_report_part_count(report); i++) {
        fputs(i == 0 ? "" : ", ", stdout);
        put_part(pioneer_report_part_at(report, i));
    }
    puts("]}");
}

static void report_text(const struct cli *cli, const struct pioneer_report *report) {
    int32_t violations = pioneer_report_violation_count(report);
    for (int32_t i = 0; i < violations; i++) {
        const struct pioneer_violation *violation = pioneer_report_violation_at(report, i);
        printf("%s: %s%s%s%s%s\n", violation->code, violation->member == NULL ? "" : violation->member,
               violation->member == NULL ? "" : ": ", violation->duty == NULL ? "" : violation->duty,
               violation->duty == NULL ? "" : ": ", violation->message);
    }
    for (int32_t i = 0; i < pioneer_report_note_count(report); i++) {
        const struct pioneer_finding *note = pioneer_report_note_at(report, i);
        printf("%s: %s\n", note->code, note->message);
    }
    int32_t shortages = pioneer_report_shortage_count(report);
    if (violations == 0) {
        cli_print(cli, stdout, _("No hard rule is broken. {n} duties are short of people or of a lead.\n"),
                  CLI_NUMBER("n", shortages));
    } else {
        cli_print(cli, stdout, _("{violations} violations. {n} duties are short of people or of a lead.\n"),
                  CLI_NUMBER("violations", violations), CLI_NUMBER("n", shortages));
    }
}

static enum cli_exit judge(const struct cli *cli, const struct cli_pair *pair, bool json) {
    struct pioneer_error error = {0};
    struct pioneer_report *report = NULL;
    if (pioneer_check(pair->campaign, pair->roster, cli->language, &report, &error) != PIONEER_OK) {
        return cli_fail_with(cli, pair->roster_source.name, &error);
    }
    enum cli_exit code = pioneer_report_violation_count(report) == 0 ? CLI_OK : CLI_FINDINGS;
    if (json) {
        report_json(report);
    } else {
        report_text(cli, report);
        if (!cli_levels_print_judged(cli, pair->campaign, report)) {
            code = cli_fail(cli, CLI_INTERNAL, NULL, cli_text(cli, _("Memory is short.")));
        }
    }
    pioneer_report_free(report);
    return code;
}

static enum cli_exit run(struct cli *cli, const struct cli_verb *verb, int argc, char **argv) {
    struct settings settings = {0};
    if (!cli_options_parse(cli, verb, argc, argv, &settings)) {
        return CLI_OK;
    }
    struct cli_pair pair;
    const char *const *names = settings.arguments.items;
    enum cli_exit code = cli_pair_read(cli, names[0], names[1], &pair);
    if (code == CLI_OK) {
        code = judge(cli, &pair, settings.json);
    }
    cli_pair_fini(&pair);
    return code;
}

static const struct argp_option options[] = {
    {"json", KEY_JSON, NULL, 0, _("Write the judgement as JSON"), 0},
    {0},
};

const struct cli_verb cli_verb_check = {
    .name = "check",
    .arguments = "CAMPAIGN [ROSTER]",
    .least = 1,
    .most = 2,
    .summary = _("Judge a roster: hard rules, level values, shortages"),
    .details = _("The judge shares no code with the solver and judges rosters typed by hand as well. A "
                 "shortage is a result; "
                 "a broken hard rule, or a value that is not as the roster claims, is a violation."),
    .options = options,
    .option = take,
    .run = run,
};
