/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How wide text is in a terminal, where a Chinese character takes two columns. */
#ifndef CLI_WIDTH_H
#define CLI_WIDTH_H

#include <stddef.h>

/* Columns that UTF-8 text takes, whatever the locale; a byte that is no UTF-8 counts one. */
int cli_width(const char *text);

/* Bytes of the longest beginning of `text` that fits into `columns`. */
size_t cli_width_fit(const char *text, int columns);

/* Bytes of the first line of `text` when it is broken at spaces, after separators, or between wide characters
 * to fit `columns`; at least one character. */
size_t cli_width_line(const char *text, int columns);

#endif
