/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prepared statement that remembers its first failure. */
#ifndef PNR_STORE_STATEMENT_H
#define PNR_STORE_STATEMENT_H

#include "store/store.h"

/* Parameters are bound in order. After the first failure `rc` stays and everything else does nothing, so that
 * a writer of many rows checks when it closes. */
struct pnr_statement {
    struct pioneer_store *store;
    sqlite3_stmt *handle;
    int parameter; /* the last one bound */
    int rc;
};

void pnr_statement_open(struct pnr_statement *statement, struct pioneer_store *store, const char *sql);
/* Returns the remembered result code, SQLITE_OK if all went well. */
int pnr_statement_close(struct pnr_statement *statement);

/* Text is borrowed until the statement runs; NULL binds NULL. */
void pnr_statement_text(struct pnr_statement *statement, const char *text);
void pnr_statement_int(struct pnr_statement *statement, int64_t number);
void pnr_statement_null(struct pnr_statement *statement);
/* A day as YYYY-MM-DD, a moment as YYYY-MM-DDTHH:MM: what SQLite's own date functions read. */
void pnr_statement_day(struct pnr_statement *statement, int32_t day);
void pnr_statement_moment(struct pnr_statement *statement, int32_t at);

/* Runs a statement that gives no rows and makes it ready for the next parameters. Returns the remembered
 * result code. */
int pnr_statement_run(struct pnr_statement *statement);
/* Whether there is another row. */
bool pnr_statement_next(struct pnr_statement *statement);

#endif
