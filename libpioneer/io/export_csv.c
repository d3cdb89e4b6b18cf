/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line an assignment, as RFC 4180 has it and spreadsheets read it. */
#include <pioneer/export.h>

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "io/export.h"
#include "io/view.h"
#include "io/words.h"
#include "text/message.h"

/* Without it Excel takes UTF-8 for the code page of the machine. */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/*
 * Appends a cell. A spreadsheet computes what begins with one of these signs, whatever the file says; an
 * apostrophe before it makes it text (OWASP, "CSV Injection"). A leading tab or line end would hide such a
 * sign.
 */
static void put_cell(struct pnr_text *out, const char *cell, bool first) {
    const bool computes = cell[0] != '\0' && strchr("=+-@\t\r\n|%", cell[0]);
    const bool quoted = strpbrk(cell, ",\"\r\n;") || cell[0] == ' ';
    pnr_text_append(out, first ? "" : ",");
    pnr_text_append(out, quoted ? "\"" : "");
    pnr_text_append(out, computes ? "'" : "");
    for (const char *quote = strchr(cell, '"'); quote; quote = strchr(cell, '"')) {
        pnr_text_append_n(out, cell, (size_t)(quote - cell));
        pnr_text_append(out, "\"\"");
        cell = quote + 1;
    }
    pnr_text_append(out, cell);
    pnr_text_append(out, quoted ? "\"" : "");
}

static void put_row(struct pnr_text *out, const char *const *cells, int count) {
    for (int i = 0; i < count; i++) {
        put_cell(out, cells[i], i == 0);
    }
    pnr_text_append(out, "\r\n");
}

static void put_header(const struct pnr_view *view, struct pnr_text *out) {
    static const char *const names[] = {
        PNR_("Stage"), PNR_("Date"),  PNR_("Weekday"), PNR_("Slot"),      PNR_("Start"),  PNR_("End"),
        PNR_("Site"),  PNR_("Post"),  PNR_("Member"),  PNR_("Unit"),      PNR_("Status"), PNR_("Role"),
        PNR_("Leads"), PNR_("State"), PNR_("Minutes"), PNR_("Member id"),
    };
    const char *cells[sizeof names / sizeof *names];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cells[i] = pnr_view_say(view, names[i]);
    }
    put_row(out, cells, (int)(sizeof names / sizeof *names));
}

/* "2020-02-17 22:00": what spreadsheets take for a moment, also when it lies on the next day. */
static void put_moment(char out[17], int32_t minute) {
    pnr_datetime_format(minute, out);
    out[10] = ' ';
}

static void put_place(const struct pnr_view *view, struct pnr_text *out, const struct pnr_place *place) {
    const struct pioneer_campaign *campaign = view->campaign;
    const struct pnr_duty *duty = &view->duties.items[place->duty];
    const struct pioneer_member *member = &campaign->members.items[place->member];
    const int32_t unit = view->unit_of_member[place->member];
    char date[11];
    char from[17];
    char to[17];
    char minutes[12];
    pnr_date_format(duty->day, date);
    put_moment(from, duty->from_at);
    put_moment(to, duty->to_at);
    snprintf(minutes, sizeof minutes, "%d", (int)(duty->to_at - duty->from_at));
    const char *const cells[] = {
        duty->stage >= 0 ? campaign->stages.items[duty->stage].name : "",
        date,
        pnr_words_weekday(view->language, duty->day),
        campaign->slots.items[duty->slot].name,
        from,
        to,
        campaign->sites.items[duty->site].name,
        campaign->posts.items[duty->post].name,
        member->name,
        unit >= 0 ? campaign->units.items[unit].name : "",
        pnr_words_status(view->language, member->status),
        pnr_words_role(view->language, member->role),
        place->leads ? pnr_view_say(view, PNR_("yes")) : "",
        pnr_words_state(view->language, place->state),
        minutes,
        member->id,
    };
    put_row(out, cells, (int)(sizeof cells / sizeof *cells));
}

/* Assignments to members or duties that the campaign does not have are the judge's to report; they have no
 * line. */
enum pioneer_status pioneer_export_csv(const struct pioneer_campaign *campaign,
                                       const struct pioneer_roster *roster, const char *language, char **out,
                                       size_t *length, struct pioneer_error *error) {
    *out = NULL;
    *length = 0;
    enum pioneer_status status = pnr_export_validated(campaign, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_view view;
    struct pnr_text text;
    pnr_text_init(&text);
    status = pnr_view_build(&view, campaign, roster, language, error);
    if (status == PIONEER_OK) {
        pnr_text_append(&text, BYTE_ORDER_MARK);
        put_header(&view, &text);
        for (int32_t i = 0; i < view.place_count; i++) {
            put_place(&view, &text, &view.places[i]);
        }
    }
    pnr_view_fini(&view);
    return pnr_export_hand_over(&text, status, out, length, error);
}
