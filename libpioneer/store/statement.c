/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Binding and running prepared statements. */
#include "store/statement.h"

#include "base/calendar.h"

void pnr_statement_open(struct pnr_statement *statement, struct pioneer_store *store, const char *sql) {
    *statement = (struct pnr_statement){.store = store};
    statement->rc = sqlite3_prepare_v2(store->db, sql, -1, &statement->handle, NULL);
}

int pnr_statement_close(struct pnr_statement *statement) {
    sqlite3_finalize(statement->handle);
    statement->handle = NULL;
    return statement->rc;
}

void pnr_statement_text(struct pnr_statement *statement, const char *text) {
    if (statement->rc == SQLITE_OK) {
        statement->rc = sqlite3_bind_text(statement->handle, ++statement->parameter, text, -1, SQLITE_STATIC);
    }
}

void pnr_statement_int(struct pnr_statement *statement, int64_t number) {
    if (statement->rc == SQLITE_OK) {
        statement->rc = sqlite3_bind_int64(statement->handle, ++statement->parameter, number);
    }
}

void pnr_statement_null(struct pnr_statement *statement) {
    if (statement->rc == SQLITE_OK) {
        statement->rc = sqlite3_bind_null(statement->handle, ++statement->parameter);
    }
}

static void bind_copy(struct pnr_statement *statement, const char *text) {
    if (statement->rc == SQLITE_OK) {
        statement->rc =
            sqlite3_bind_text(statement->handle, ++statement->parameter, text, -1, SQLITE_TRANSIENT);
    }
}

void pnr_statement_day(struct pnr_statement *statement, int32_t day) {
    char text[11];
    pnr_date_format(day, text);
    bind_copy(statement, text);
}

void pnr_statement_moment(struct pnr_statement *statement, int32_t at) {
    char text[17];
    pnr_datetime_format(at, text);
    bind_copy(statement, text);
}

int pnr_statement_run(struct pnr_statement *statement) {
    if (statement->rc != SQLITE_OK) {
        return statement->rc;
    }
    int rc = sqlite3_step(statement->handle);
    if (rc != SQLITE_DONE) {
        statement->rc = rc == SQLITE_ROW ? SQLITE_MISUSE : rc;
    }
    sqlite3_reset(statement->handle);
    sqlite3_clear_bindings(statement->handle);
    statement->parameter = 0;
    return statement->rc;
}

bool pnr_statement_next(struct pnr_statement *statement) {
    if (statement->rc != SQLITE_OK) {
        return false;
    }
    int rc = sqlite3_step(statement->handle);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE) {
        statement->rc = rc;
    }
    return rc == SQLITE_ROW;
}
