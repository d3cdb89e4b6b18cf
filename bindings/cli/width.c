/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Display width after Unicode's East Asian Width. */
#include "width.h"

#include <stdbool.h>
#include <string.h>

#include <utf8proc.h>

/* The character at `text`, its bytes in *length and its columns in *columns; text must not be empty. */
static utf8proc_int32_t read_one(const char *text, size_t *length, int *columns) {
    utf8proc_int32_t point = 0;
    utf8proc_ssize_t read = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);
    if (read <= 0) {
        *length = 1;
        *columns = 1;
        return 0xfffd;
    }
    *length = (size_t)read;
    *columns = utf8proc_charwidth(point);
    return point;
}

int cli_width(const char *text) {
    int width = 0;
    while (*text != '\0') {
        size_t length = 0;
        int columns = 0;
        read_one(text, &length, &columns);
        text += length;
        width += columns;
    }
    return width;
}

size_t cli_width_fit(const char *text, int columns) {
    size_t at = 0;
    while (text[at] != '\0') {
        size_t length = 0;
        int wide = 0;
        read_one(text + at, &length, &wide);
        if (wide > columns) {
            break;
        }
        columns -= wide;
        at += length;
    }
    return at;
}

/* Chinese punctuation that closes something must not start a line. */
static bool may_start_line(utf8proc_int32_t point) {
    static const utf8proc_int32_t closing[] = {0x3001, 0x3002, 0x300b, 0x300d, 0x300f, 0x3011, 0xff01,
                                               0xff09, 0xff0c, 0xff1a, 0xff1b, 0xff1f, 0x201d};
    for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
        if (closing[i] == point) {
            return false;
        }
    }
    return true;
}

size_t cli_width_line(const char *text, int columns) {
    size_t at = 0, best = 0;
    int used = 0;
    bool after_wide = false;
    while (text[at] != '\0' && text[at] != '\n') {
        size_t length = 0;
        int wide = 0;
        utf8proc_int32_t point = read_one(text + at, &length, &wide);
        if (at > 0 && (point == ' ' || ((wide == 2 || after_wide) && may_start_line(point)))) {
            best = at;
        }
        if (used + wide > columns && at > 0) {
            return best > 0 ? best : at;
        }
        used += wide;
        at += length;
        after_wide = wide == 2;
    }
    return at;
}
