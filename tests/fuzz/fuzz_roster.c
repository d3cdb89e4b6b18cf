/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the reader of rosters: what it takes must be written, and read again, the same. */
#include <pioneer/roster.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

/* A refusal has a code, a sentence, and no roster. */
static struct pioneer_roster *read_or_refuse(const char *text, size_t length) {
    struct pioneer_error error = {.status = PIONEER_OK};
    struct pioneer_roster *roster = NULL;
    const enum pioneer_status status = pioneer_roster_read_json(text, length, &roster, &error);
    require((status == PIONEER_OK) == (roster != NULL));
    require(status == PIONEER_OK ||
            (error.status == status && error.code[0] != '\0' && error.message[0] != '\0'));
    return roster;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct pioneer_roster *roster = read_or_refuse((const char *)bytes, size);
    if (!roster) {
        return 0;
    }
    char *text = NULL;
    size_t length = 0;
    require(pioneer_roster_write_json(roster, &text, &length, NULL) == PIONEER_OK);
    struct pioneer_roster *again = read_or_refuse(text, length);
    require(again != NULL);
    char *second = NULL;
    size_t second_length = 0;
    require(pioneer_roster_write_json(again, &second, &second_length, NULL) == PIONEER_OK);
    require(second_length == length && memcmp(second, text, length) == 0);
    pioneer_free(text);
    pioneer_free(second);
    pioneer_roster_free(roster);
    pioneer_roster_free(again);
    return 0;
}
