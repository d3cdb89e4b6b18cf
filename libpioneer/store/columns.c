/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Enumerations as words. */
#include "store/columns.h"

#define WORD_OF(words, number)                                                                               \
    ((size_t)(number) < sizeof(words) / sizeof *(words) ? (words)[(size_t)(number)] : "unknown")

const char *pnr_columns_pool(enum pioneer_pool pool) {
    static const char *const words[] = {NULL, "nominated", "signed_up"};
    return WORD_OF(words, pool);
}

const char *pnr_columns_member_status(enum pioneer_member_status status) {
    static const char *const words[] = {"other", "party", "probationary", "prospect", "activist"};
    return WORD_OF(words, status);
}

const char *pnr_columns_member_role(enum pioneer_member_role role) {
    static const char *const words[] = {"other", "office", "teacher", "student"};
    return WORD_OF(words, role);
}

const char *pnr_columns_state(enum pioneer_assignment_state state) {
    static const char *const words[] = {"planned", "published", "pinned", "served", "absent"};
    return WORD_OF(words, state);
}

const char *pnr_columns_mode(enum pioneer_mode mode) {
    static const char *const words[] = {"staged", "joint"};
    return WORD_OF(words, mode);
}

const char *pnr_columns_outcome(enum pioneer_outcome outcome) {
    static const char *const words[] = {"unsolved", "proven", "gap", "stopped", "infeasible"};
    return WORD_OF(words, outcome);
}

const char *pnr_columns_severity(enum pioneer_severity severity) {
    static const char *const words[] = {"note", "warning", "error"};
    return WORD_OF(words, severity);
}
