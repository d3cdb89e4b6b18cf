/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JSON writer small enough to see through. */
#include "json.h"

#include <inttypes.h>

void cli_json_string(FILE *file, const char *text) {
    if (text == NULL) {
        fputs("null", file);
        return;
    }
    fputc('"', file);
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            fprintf(file, "\\%c", *at);
        } else if (*at < 0x20) {
            fprintf(file, "\\u%04x", *at);
        } else {
            fputc(*at, file);
        }
    }
    fputc('"', file);
}

static void put_name(FILE *file, bool *is_first, const char *name) {
    fputs(*is_first ? "" : ", ", file);
    *is_first = false;
    cli_json_string(file, name);
    fputs(": ", file);
}

void cli_json_text(FILE *file, bool *is_first, const char *name, const char *text) {
    put_name(file, is_first, name);
    cli_json_string(file, text);
}

void cli_json_number(FILE *file, bool *is_first, const char *name, int64_t number) {
    put_name(file, is_first, name);
    fprintf(file, "%" PRId64, number);
}

void cli_json_finding(FILE *file, const char *severity, const char *code, const char *where,
                      const char *message) {
    bool is_first = true;
    fputc('{', file);
    cli_json_text(file, &is_first, "severity", severity);
    cli_json_text(file, &is_first, "code", code);
    cli_json_text(file, &is_first, "where", where);
    cli_json_text(file, &is_first, "message", message);
    fputc('}', file);
}
