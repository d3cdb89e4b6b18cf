/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the detail of a failure. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *pioneer_status_name(enum pioneer_status status) {
    switch (status) {
    case PIONEER_OK:
        return "ok";
    case PIONEER_E_NO_MEMORY:
        return "no-memory";
    case PIONEER_E_SYNTAX:
        return "syntax";
    case PIONEER_E_INVALID:
        return "invalid";
    case PIONEER_E_NOT_FOUND:
        return "not-found";
    case PIONEER_E_RANGE:
        return "range";
    case PIONEER_E_IO:
        return "io";
    case PIONEER_E_STORE:
        return "store";
    case PIONEER_E_SOLVER:
        return "solver";
    case PIONEER_E_CANCELLED:
        return "cancelled";
    case PIONEER_E_UNSUPPORTED:
        return "unsupported";
    }
    return "unknown";
}

/* The largest length <= `length` that does not cut a character of `text` in two. */
static size_t utf8_border(const char *text, size_t length) {
    size_t border = length;
    while (border > 0 && ((unsigned char)text[border] & 0xC0) == 0x80) {
        border--;
    }
    return border;
}

/* Copies what fits of `text` into out[size], which it fills no further than a whole character. */
static void copy_cut(char *out, size_t size, const char *text) {
    size_t length = strnlen(text, size);
    if (length == size) {
        length = utf8_border(text, size - 1);
    }
    memmove(out, text, length);
    out[length] = '\0';
}

enum pioneer_status pnr_fail(struct pioneer_error *err, enum pioneer_status status, const char *code,
                             const char *where, const char *format, ...) {
    if (!err) {
        return status;
    }
    /* Formatted before anything is written, since an argument may point into *err; with one byte more than
     * the message holds, so that the cut sees what follows it. */
    char full[sizeof err->message + 1] = "";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(full, sizeof full, format, arguments);
    va_end(arguments);
    err->status = status;
    err->line = 0;
    err->column = 0;
    copy_cut(err->code, sizeof err->code, code);
    copy_cut(err->where, sizeof err->where, where ? where : "");
    copy_cut(err->message, sizeof err->message, full);
    return status;
}

enum pioneer_status pnr_fail_no_memory(struct pioneer_error *err) {
    return pnr_fail(err, PIONEER_E_NO_MEMORY, "no-memory", NULL, "There is not enough memory.");
}
