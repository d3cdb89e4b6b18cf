/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loading an instance and telling what the judge found. */
#include "curtois/report.h"

#include <stdlib.h>

bool curtois_load(const char *path, struct curtois_instance **out, struct bench_error *error) {
    size_t length = 0;
    char *text = bench_file_read(path, &length, error);
    *out = NULL;
    bool is_read = text != NULL && curtois_read(path, text, length, out, error);
    free(text);
    return is_read;
}

void curtois_print(struct bench_line *line, const char *name, const struct curtois_instance *instance,
                   const struct curtois_verdict *verdict) {
    bench_line_text(line, "benchmark", "curtois");
    bench_line_text(line, "instance", name);
    bench_line_number(line, "members", instance->employee_count);
    bench_line_number(line, "days", instance->day_count);
    bench_line_number(line, "shifts", instance->shift_count);
    bench_line_number(line, "value", verdict->value);
    bench_line_number(line, "violations", verdict->violation_count);
    bench_line_number(line, "unmet_on", verdict->unmet_on);
    bench_line_number(line, "broken_off", verdict->broken_off);
    bench_line_number(line, "under", verdict->under);
    bench_line_number(line, "over", verdict->over);
}

void curtois_print_violations(const struct curtois_instance *instance,
                              const struct curtois_verdict *verdict) {
    for (int32_t i = 0; i < verdict->violation_count; i++) {
        const struct curtois_violation *violation = &verdict->violations[i];
        fprintf(stderr, "%s: %s", instance->employees[violation->employee].id,
                curtois_rule_name(violation->rule));
        if (violation->day >= 0) {
            fprintf(stderr, ", day %d", (int)violation->day);
        }
        fputc('\n', stderr);
    }
}
