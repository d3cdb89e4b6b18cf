/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the readers of base/: UTF-8, dates, times and misspelt words. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

/* What is read, written and read again must be the same. */
static void check_calendar(const char *text) {
    char again[17];
    int32_t value;
    if (pnr_date_parse(text, &value)) {
        pnr_date_format(value, again);
        require(strcmp(text, again) == 0);
    }
    if (pnr_time_parse(text, &value)) {
        pnr_time_format(value, again);
        require(strcmp(text, again) == 0);
    }
    if (pnr_datetime_parse(text, &value) && value % PNR_DAY_MINUTES != 0) {
        pnr_datetime_format(value, again);
        require(strcmp(text, again) == 0);
    }
}

/* A valid text and a valid text make a valid text. */
static void check_utf8(const char *bytes, size_t size) {
    for (size_t cut = 0; cut <= size && cut < 8; cut++) {
        if (pnr_utf8_valid(bytes, cut) && pnr_utf8_valid(bytes + cut, size - cut)) {
            require(pnr_utf8_valid(bytes, size));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    char *text = malloc(size + 1);
    if (!text) {
        return 0;
    }
    if (size > 0) {
        memcpy(text, bytes, size);
    }
    text[size] = '\0';
    check_utf8(text, size);
    check_calendar(text);
    const char *const words[] = {"members", "sites", "岗位", text};
    const char *near = pnr_nearest_word(text, words, 3);
    require(!near || strlen(near) > 0);
    free(text);
    return 0;
}
