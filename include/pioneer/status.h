/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How every function of libpioneer reports failure. */
#ifndef PIONEER_STATUS_H
#define PIONEER_STATUS_H

#include <stdint.h>

#if defined(__GNUC__)
#define PIONEER_API      __attribute__((visibility("default")))
#define PIONEER_MUST_USE __attribute__((warn_unused_result))
#else
#define PIONEER_API
#define PIONEER_MUST_USE
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The reasons for which a call can fail. 0 is success and every failure is negative.
 *
 * A roster with shortages is a result, never a failure. A failed call changes nothing and leaves its
 * out-parameter NULL.
 */
enum pioneer_status {
    PIONEER_OK = 0,
    PIONEER_E_NO_MEMORY = -1,    /**< an allocation, or the start of a thread, was refused */
    PIONEER_E_SYNTAX = -2,       /**< the text is not JSON, CSV, … at all */
    PIONEER_E_INVALID = -3,      /**< well-formed, but it breaks the format or the model */
    PIONEER_E_NOT_FOUND = -4,    /**< nothing has that name or index */
    PIONEER_E_RANGE = -5,        /**< an argument is outside the contract of the function */
    PIONEER_E_IO = -6,           /**< a file could not be read or written */
    PIONEER_E_STORE = -7,        /**< the SQLite store refused */
    PIONEER_E_SOLVER = -8,       /**< the LP solver gave up */
    PIONEER_E_CANCELLED = -9,    /**< the caller cancelled before there was a result */
    PIONEER_E_UNSUPPORTED = -10, /**< a version or feature this library does not know */
};

/**
 * The detail of one failure. It holds no pointers, belongs to the caller and needs no destructor; functions
 * take it as an optional last parameter (NULL: no detail wanted) and write it only when they fail.
 */
struct pioneer_error {
    enum pioneer_status status;
    int32_t line;      /**< 1-based line of the culprit in its text, 0 when it has none */
    int32_t column;    /**< 1-based column in bytes, 0 when it has none */
    char code[48];     /**< stable in every version and language, for instance "duplicate-id" */
    char where[256];   /**< JSON pointer or file:line of the culprit; may be empty; cut at a UTF-8 border */
    char message[512]; /**< one English sentence; cut at a UTF-8 border */
};

/**
 * The stable lower-case name of a status, such as "no-memory"; "unknown" for a number that is none.
 * The text is static.
 */
PIONEER_API const char *pioneer_status_name(enum pioneer_status status);

#ifdef __cplusplus
}
#endif

#endif
