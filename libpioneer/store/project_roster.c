/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A roster as rows. */
#include "store/project.h"

#include <stdio.h>

#include "base/status.h"
#include "store/statement.h"
#include "store/columns.h"

struct projection {
    struct pioneer_store *store;
    int64_t id, version;
    const struct pioneer_roster *roster;
};

/* A constraint that an assignment breaks tells what is wrong with it. */
static enum pioneer_status refuse_assignment(const struct projection *in, int rc, int32_t index,
                                             struct pioneer_error *error) {
    char where[32];
    snprintf(where, sizeof where, "/assignments/%d", (int)index);
    if (rc == SQLITE_CONSTRAINT_FOREIGNKEY) {
        return pnr_fail(error, PIONEER_E_INVALID, "unknown-duty", where,
                        "The assignment names a member or a duty that campaign %lld does not have.",
                        (long long)in->id);
    }
    if (rc == SQLITE_CONSTRAINT_PRIMARYKEY) {
        return pnr_fail(error, PIONEER_E_INVALID, "duplicate-assignment", where,
                        "The assignment stands in the roster twice.");
    }
    return pnr_store_fail(in->store, rc, error);
}

static enum pioneer_status write_assignments(const struct projection *in, struct pioneer_error *error) {
    struct pnr_statement row;
    int32_t count = pioneer_roster_count(in->roster), i = 0;
    pnr_statement_open(&row, in->store, "INSERT INTO assignment VALUES (?,?,?,?,?,?,?,?)");
    for (; i < count && row.rc == SQLITE_OK; i++) {
        const struct pioneer_assignment *assignment = pioneer_roster_at(in->roster, i);
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, in->version);
        pnr_statement_text(&row, assignment->member);
        pnr_statement_text(&row, assignment->post);
        pnr_statement_text(&row, assignment->site);
        pnr_statement_day(&row, assignment->day);
        pnr_statement_text(&row, assignment->slot);
        pnr_statement_text(&row, pnr_columns_state(assignment->state));
        pnr_statement_run(&row);
    }
    int rc = pnr_statement_close(&row);
    return rc == SQLITE_OK ? PIONEER_OK : refuse_assignment(in, rc, i - 1, error);
}

static void write_level_results(struct pnr_statement *row, const struct projection *in, int32_t part) {
    const struct pioneer_part *of = pioneer_roster_part_at(in->roster, part);
    for (int32_t i = 0; i < of->level_count; i++) {
        const struct pioneer_level_result *result = &of->levels[i];
        pnr_statement_int(row, in->id);
        pnr_statement_int(row, in->version);
        pnr_statement_int(row, part);
        pnr_statement_text(row, result->level);
        pnr_statement_int(row, result->value);
        pnr_statement_int(row, result->bound);
        pnr_statement_int(row, result->constant);
        pnr_statement_text(row, pnr_columns_outcome(result->outcome));
        pnr_statement_run(row);
    }
}

static void write_part(struct pnr_statement *row, const struct projection *in, int32_t index) {
    const struct pioneer_part *part = pioneer_roster_part_at(in->roster, index);
    pnr_statement_int(row, in->id);
    pnr_statement_int(row, in->version);
    pnr_statement_int(row, index);
    pnr_statement_text(row, part->stage);
    pnr_statement_text(row, part->unit);
    pnr_statement_int(row, part->tier);
    pnr_statement_int(row, part->duty_count);
    pnr_statement_int(row, part->member_count);
    pnr_statement_int(row, part->assignment_count);
    pnr_statement_run(row);
}

static int write_parts(const struct projection *in) {
    struct pnr_statement part, result;
    pnr_statement_open(&part, in->store, "INSERT INTO part VALUES (?,?,?,?,?,?,?,?,?)");
    pnr_statement_open(&result, in->store, "INSERT INTO level_result VALUES (?,?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < pioneer_roster_part_count(in->roster); i++) {
        write_part(&part, in, i);
        write_level_results(&result, in, i);
    }
    int part_rc = pnr_statement_close(&part);
    int result_rc = pnr_statement_close(&result);
    return part_rc == SQLITE_OK ? result_rc : part_rc;
}

static int write_findings(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO finding VALUES (?,?,?,?,?,?,?)");
    for (int32_t i = 0; i < pioneer_roster_finding_count(in->roster); i++) {
        const struct pioneer_finding *finding = pioneer_roster_finding_at(in->roster, i);
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, in->version);
        pnr_statement_int(&row, i);
        pnr_statement_text(&row, pnr_columns_severity(finding->severity));
        pnr_statement_text(&row, finding->code);
        pnr_statement_text(&row, finding->where);
        pnr_statement_text(&row, finding->message);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

static int write_prices(const struct projection *in) {
    struct pnr_statement row;
    pnr_statement_open(&row, in->store, "INSERT INTO staging_price VALUES (?,?,?,?,?,?)");
    for (int32_t i = 0; i < pioneer_roster_price_count(in->roster); i++) {
        const struct pioneer_staging_price *price = pioneer_roster_price_at(in->roster, i);
        pnr_statement_int(&row, in->id);
        pnr_statement_int(&row, in->version);
        pnr_statement_text(&row, price->level);
        pnr_statement_int(&row, price->staged);
        pnr_statement_int(&row, price->joint_value);
        pnr_statement_int(&row, price->joint_bound);
        pnr_statement_run(&row);
    }
    return pnr_statement_close(&row);
}

enum pioneer_status pnr_project_roster(struct pioneer_store *store, int64_t id, int64_t version,
                                       const struct pioneer_roster *roster, struct pioneer_error *error) {
    static int (*const writers[])(const struct projection *in) = {write_parts, write_findings, write_prices};
    const struct projection in = {store, id, version, roster};
    enum pioneer_status status = write_assignments(&in, error);
    for (size_t i = 0; status == PIONEER_OK && i < sizeof writers / sizeof *writers; i++) {
        int rc = writers[i](&in);
        if ((rc & 0xff) == SQLITE_CONSTRAINT) {
            status = pnr_fail(error, PIONEER_E_INVALID, "foreign-roster", "/parts",
                              "The roster belongs to another campaign than %lld.", (long long)id);
        } else if (rc != SQLITE_OK) {
            status = pnr_store_fail(store, rc, error);
        }
    }
    return status;
}
