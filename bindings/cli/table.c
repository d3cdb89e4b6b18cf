/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Collecting cells, measuring columns, printing rows. */
#include "table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "width.h"

#define GAP 2
/* Below this a wrapped last column is harder to read than a line that the terminal breaks. */
#define NARROWEST 20

static bool grow(struct cli_table *table) {
    if (table->count < table->capacity) {
        return true;
    }
    size_t capacity = table->capacity == 0 ? 64 : 2 * table->capacity;
    char **cells = realloc(table->cells, capacity * sizeof *cells);
    if (cells == NULL) {
        return false;
    }
    table->cells = cells;
    table->capacity = capacity;
    return true;
}

void cli_table_cell(struct cli_table *table, const char *text) {
    char *copy = table->failed || !grow(table) ? NULL : strdup(text);
    if (copy == NULL) {
        table->failed = true;
        return;
    }
    table->cells[table->count++] = copy;
}

void cli_table_format(struct cli_table *table, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    cli_table_cell(table, text);
}

void cli_table_number(struct cli_table *table, long long number) {
    cli_table_format(table, "%lld", number);
}

void cli_table_head(struct cli_table *table, const char *kinds, const char *const *texts) {
    table->columns = (int)strlen(kinds);
    for (int i = 0; i < table->columns; i++) {
        table->is_right[i] = kinds[i] == 'r';
        cli_table_cell(table, texts[i]);
    }
}

static void measure(const struct cli_table *table, int widths[CLI_TABLE_COLUMNS]) {
    for (size_t i = 0; i < table->count; i++) {
        int width = cli_width(table->cells[i]);
        int *widest = &widths[i % (size_t)table->columns];
        *widest = width > *widest ? width : *widest;
    }
}

static void print_padded(FILE *file, const char *text, int width, bool is_right) {
    int padding = width - cli_width(text);
    fprintf(file, "%*s%s%*s", is_right ? padding : 0, "", text, is_right ? 0 : padding, "");
}

/* The last cell of a row, in lines of `room` columns that hang at `indent`. */
static void print_wrapped(FILE *file, const char *text, int indent, int room) {
    size_t length = cli_width_line(text, room);
    fprintf(file, "%.*s", (int)length, text);
    for (text += length; *text != '\0'; text += length) {
        text += strspn(text, " \n");
        length = cli_width_line(text, room);
        fprintf(file, "\n%*s%.*s", indent, "", (int)length, text);
    }
}

/* The last column is the last one with text, so that no line ends with blanks. */
static void print_row(const struct cli_table *table, size_t row, const int *widths, FILE *file) {
    char *const *cells = table->cells + row * (size_t)table->columns;
    int last = table->columns - 1, indent = 0;
    while (last > 0 && cells[last][0] == '\0') {
        last--;
    }
    for (int i = 0; i < last; i++) {
        print_padded(file, cells[i], widths[i], table->is_right[i]);
        fprintf(file, "%*s", GAP, "");
        indent += widths[i] + GAP;
    }
    int room = cli_columns(fileno(file), 1 << 20) - indent;
    if (table->is_right[last]) {
        print_padded(file, cells[last], widths[last], true);
    } else {
        print_wrapped(file, cells[last], indent, room < NARROWEST ? 1 << 20 : room);
    }
    fputc('\n', file);
}

static void print_rule(const struct cli_table *table, const int *widths, FILE *file) {
    int room = cli_columns(fileno(file), 1 << 20);
    for (int i = 0; i < table->columns; i++) {
        int width = widths[i] < room ? widths[i] : room;
        for (int k = 0; k < width; k++) {
            fputc('-', file);
        }
        fputs(i + 1 < table->columns ? "  " : "\n", file);
        room -= width + GAP;
        room = room < 0 ? 0 : room;
    }
}

bool cli_table_print(struct cli_table *table, FILE *file) {
    bool ok = !table->failed;
    if (ok && table->columns > 0) {
        int widths[CLI_TABLE_COLUMNS] = {0};
        bool bold = cli_has_colours(fileno(file));
        measure(table, widths);
        fputs(bold ? "\033[1m" : "", file);
        print_row(table, 0, widths, file);
        fputs(bold ? "\033[0m" : "", file);
        print_rule(table, widths, file);
        for (size_t row = 1; row < table->count / (size_t)table->columns; row++) {
            print_row(table, row, widths, file);
        }
    }
    for (size_t i = 0; i < table->count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    *table = (struct cli_table){0};
    return ok;
}
