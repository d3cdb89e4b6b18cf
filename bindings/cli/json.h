/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing JSON for --json. */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include "cli.h"

/* A string with its quotes; NULL is null. */
void cli_json_string(FILE *file, const char *text);

/* `"name": "text"` and a comma before it unless it is the first of its object; *is_first becomes false. */
void cli_json_text(FILE *file, bool *is_first, const char *name, const char *text);
void cli_json_number(FILE *file, bool *is_first, const char *name, int64_t number);

/* A finding as an object. */
void cli_json_finding(FILE *file, const char *severity, const char *code, const char *where,
                      const char *message);

#endif
