/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the format's judge found, for people and for the line. */
#ifndef BENCH_CURTOIS_REPORT_H
#define BENCH_CURTOIS_REPORT_H

#include "curtois/curtois.h"
#include "line.h"

bool curtois_load(const char *path, struct curtois_instance **out, struct bench_error *error);

/* Which instance it is, and what the judge says of the solution. */
void curtois_print(struct bench_line *line, const char *name, const struct curtois_instance *instance,
                   const struct curtois_verdict *verdict);
/* One line a violation on standard error. */
void curtois_print_violations(const struct curtois_instance *instance, const struct curtois_verdict *verdict);

#endif
