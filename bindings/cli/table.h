/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables for a terminal, aligned by display width. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define CLI_TABLE_COLUMNS 10

/* All zeros is an empty table. `failed`: memory was short; printing then prints nothing and says false. */
struct cli_table {
    int columns;
    bool is_right[CLI_TABLE_COLUMNS]; /* numbers stand at the right edge */
    char **cells;                     /* row by row; row 0 holds the headings */
    size_t count;
    size_t capacity;
    bool failed;
};

/* Adds one cell (copied); rows fill from left to right. */
void cli_table_cell(struct cli_table *table, const char *text);
void cli_table_number(struct cli_table *table, long long number);
void cli_table_format(struct cli_table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The headings; `kinds` has one letter a column: l for text, r for numbers. */
void cli_table_head(struct cli_table *table, const char *kinds, const char *const *texts);
/* Prints the table, frees the cells and leaves it empty. The last column is wrapped on a terminal. False: no
 * memory. */
bool cli_table_print(struct cli_table *table, FILE *file);

#endif
