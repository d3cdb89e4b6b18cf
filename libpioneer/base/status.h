/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing the detail of a failure. */
#ifndef PNR_BASE_STATUS_H
#define PNR_BASE_STATUS_H

#include <pioneer/status.h>

#if defined(__GNUC__)
#define PNR_PRINTF(at, first) __attribute__((format(printf, at, first)))
#else
#define PNR_PRINTF(at, first)
#endif

/**
 * Fills *err (may be NULL) and returns `status`, so that a caller can write `return pnr_fail(…)`.
 * `where` may be NULL. Texts that do not fit are cut at a UTF-8 border. Line and column become 0: a caller
 * that knows them sets them afterwards.
 */
enum pioneer_status pnr_fail(struct pioneer_error *err, enum pioneer_status status, const char *code,
                             const char *where, const char *format, ...) PNR_PRINTF(5, 6);

/** The one failure that every function shares. */
enum pioneer_status pnr_fail_no_memory(struct pioneer_error *err);

#endif
