/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Calendars of one member or one site, as RFC 5545 has them; docs/decisions tells why not through libical. */
#include <pioneer/export.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "io/export.h"
#include "io/view.h"
#include "io/zone.h"
#include "text/message.h"

/* RFC 5545, section 3.1: a line has at most 75 octets without its end. */
#define LINE_OCTETS 75

/* The last second of the year 9999. */
#define STAMP_MAX INT64_C(253402300799)

struct calendar {
    struct pnr_view view;
    struct pnr_zone zone;
    struct pnr_text out;
    struct pnr_text line; /* the content line being written */
    int64_t stamp_at;
};

static bool is_tail(char byte) {
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* Ends the content line: folds it between characters, a fold's space counting as one of its octets. */
static void end_line(struct calendar *calendar) {
    const char *at = calendar->line.bytes;
    size_t left = calendar->line.length;
    size_t room = LINE_OCTETS;
    while (left > room) {
        size_t take = room;
        while (take > 1 && is_tail(at[take])) {
            take--;
        }
        pnr_text_append_n(&calendar->out, at, take);
        pnr_text_append(&calendar->out, "\r\n ");
        at += take;
        left -= take;
        room = LINE_OCTETS - 1;
    }
    pnr_text_append_n(&calendar->out, at, left);
    pnr_text_append(&calendar->out, "\r\n");
    calendar->out.failed = calendar->out.failed || calendar->line.failed;
    calendar->line.length = 0;
}

/* Appends text to the line, with the escapes of section 3.3.11. */
static void put_text(struct calendar *calendar, const char *text) {
    for (const char *at = text; *at; at++) {
        if (*at == '\n') {
            pnr_text_append(&calendar->line, "\\n");
        } else if (strchr("\\;,", *at)) {
            pnr_text_append(&calendar->line, "\\");
            pnr_text_append_n(&calendar->line, at, 1);
        } else if ((unsigned char)*at >= 0x20 && *at != 0x7F) {
            pnr_text_append_n(&calendar->line, at, 1);
        }
    }
}

static void put_line(struct calendar *calendar, const char *name, const char *text) {
    pnr_text_printf(&calendar->line, "%s:", name);
    put_text(calendar, text);
    end_line(calendar);
}

/* "20200217T080000" of seconds since 1970. */
static void put_moment(struct calendar *calendar, int64_t seconds) {
    int32_t year, month, day;
    const int64_t days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400);
    const int second = (int)(seconds - days * 86400);
    pnr_civil_from_day((int32_t)days, &year, &month, &day);
    pnr_text_printf(&calendar->line, "%04d%02d%02dT%02d%02d%02d", (int)year, (int)month, (int)day,
                    second / 3600, second / 60 % 60, second % 60);
}

static void put_offset(struct calendar *calendar, const char *name, int32_t offset) {
    const int32_t size = offset < 0 ? -offset : offset;
    pnr_text_printf(&calendar->line, "%s:%c%02d%02d", name, offset < 0 ? '-' : '+', (int)(size / 3600),
                    (int)(size / 60 % 60));
    if (size % 60 != 0) {
        pnr_text_printf(&calendar->line, "%02d", (int)(size % 60));
    }
    end_line(calendar);
}

static void put_zone_change(struct calendar *calendar, const struct pnr_zone_change *change) {
    const char *kind = change->is_daylight ? "DAYLIGHT" : "STANDARD";
    put_line(calendar, "BEGIN", kind);
    pnr_text_append(&calendar->line, "DTSTART:");
    /* The onset is told in the local time before it. Readers take no years before 1970 or so kindly. */
    put_moment(calendar, change->at < 0 ? 0 : change->at + change->offset_before);
    end_line(calendar);
    put_offset(calendar, "TZOFFSETFROM", change->offset_before);
    put_offset(calendar, "TZOFFSETTO", change->offset);
    put_line(calendar, "TZNAME", change->name);
    put_line(calendar, "END", kind);
}

static void put_zone(struct calendar *calendar) {
    put_line(calendar, "BEGIN", "VTIMEZONE");
    put_line(calendar, "TZID", calendar->view.campaign->settings.time_zone);
    for (int32_t i = 0; i < calendar->zone.changes.count; i++) {
        put_zone_change(calendar, &calendar->zone.changes.items[i]);
    }
    put_line(calendar, "END", "VTIMEZONE");
}

/* FNV-1a, 64 bits, over texts with a NUL behind each; two bases make the 128 bits of an identifier. */
static uint64_t hash_texts(uint64_t hash, const char *const *texts, int count) {
    for (int i = 0; i < count; i++) {
        const char *at = texts[i];
        do {
            hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
        } while (*at++);
    }
    return hash;
}

/* The same person (or site) on the same duty has the same identifier in every roster, so that a calendar that
 * reads a new version changes its events rather than doubling them. */
static void put_identifier(struct calendar *calendar, const char *owner, const struct pnr_duty *duty) {
    const struct pioneer_campaign *campaign = calendar->view.campaign;
    char date[11];
    pnr_date_format(duty->day, date);
    const char *const texts[] = {owner, campaign->posts.items[duty->post].id,
                                 campaign->sites.items[duty->site].id, campaign->slots.items[duty->slot].id,
                                 date};
    pnr_text_printf(&calendar->line, "UID:%016" PRIx64 "%016" PRIx64 "@libpioneer",
                    hash_texts(UINT64_C(14695981039346656037), texts, 5),
                    hash_texts(UINT64_C(9650029242287828579), texts, 5));
    end_line(calendar);
}

static void put_local(struct calendar *calendar, const char *name, int32_t minute) {
    pnr_text_printf(&calendar->line, "%s;TZID=%s:", name, calendar->view.campaign->settings.time_zone);
    put_moment(calendar, (int64_t)minute * 60);
    end_line(calendar);
}

/* The people of a duty, the lead first. */
static void put_people(struct calendar *calendar, int32_t duty) {
    const struct pnr_view *view = &calendar->view;
    const int32_t first = view->first_of_duty[duty];
    for (int32_t i = first; i < first + view->assigned[duty]; i++) {
        if (i > first) {
            put_text(calendar, pnr_view_say(view, PNR_(", ")));
        }
        put_text(calendar, view->campaign->members.items[view->places[i].member].name);
        if (view->places[i].leads) {
            put_text(calendar, pnr_view_say(view, PNR_(" (lead)")));
        }
    }
}

static void put_summary(struct calendar *calendar, int32_t index, bool with_people) {
    const struct pnr_view *view = &calendar->view;
    const struct pnr_duty *duty = &view->duties.items[index];
    pnr_text_append(&calendar->line, "SUMMARY:");
    put_text(calendar, view->campaign->posts.items[duty->post].name);
    put_text(calendar, " ");
    put_text(calendar, view->campaign->slots.items[duty->slot].name);
    if (with_people) {
        put_text(calendar, pnr_view_say(view, PNR_(": ")));
        put_people(calendar, index);
    }
    if (with_people && view->assigned[index] < duty->min) {
        struct pnr_text text = {0};
        pnr_format(&text, view->language, PNR_(" ({n} short)"),
                   PNR_NUMBER("n", duty->min - view->assigned[index]));
        put_text(calendar, text.bytes ? text.bytes : "");
        calendar->out.failed = calendar->out.failed || text.failed;
        pnr_text_fini(&text);
    }
    end_line(calendar);
}

static void put_event(struct calendar *calendar, const char *owner, int32_t index, bool with_people) {
    const struct pnr_view *view = &calendar->view;
    const struct pnr_duty *duty = &view->duties.items[index];
    put_line(calendar, "BEGIN", "VEVENT");
    put_identifier(calendar, owner, duty);
    pnr_text_append(&calendar->line, "DTSTAMP:");
    put_moment(calendar, calendar->stamp_at);
    pnr_text_append(&calendar->line, "Z");
    end_line(calendar);
    put_local(calendar, "DTSTART", duty->from_at);
    put_local(calendar, "DTEND", duty->to_at);
    put_summary(calendar, index, with_people);
    put_line(calendar, "LOCATION", view->campaign->sites.items[duty->site].name);
    if (!with_people) {
        pnr_text_append(&calendar->line, "DESCRIPTION:");
        put_people(calendar, index);
        end_line(calendar);
    }
    put_line(calendar, "END", "VEVENT");
}

static void put_member_events(struct calendar *calendar, int32_t member) {
    const struct pnr_view *view = &calendar->view;
    for (int32_t i = view->first_of_member[member]; i < view->first_of_member[member + 1]; i++) {
        const struct pnr_place *place = &view->places[view->places_of_member[i]];
        if (place->state != PIONEER_ABSENT) {
            put_event(calendar, view->campaign->members.items[member].id, place->duty, false);
        }
    }
}

static void put_site_events(struct calendar *calendar, int32_t site) {
    const struct pnr_view *view = &calendar->view;
    for (int32_t i = 0; i < view->duties.count; i++) {
        if (view->duties.items[i].site == site) {
            put_event(calendar, view->campaign->sites.items[site].id, i, true);
        }
    }
}

static void put_calendar(struct calendar *calendar, int32_t member, int32_t site) {
    const struct pioneer_campaign *campaign = calendar->view.campaign;
    const char *owner = member >= 0 ? campaign->members.items[member].name : campaign->sites.items[site].name;
    put_line(calendar, "BEGIN", "VCALENDAR");
    put_line(calendar, "VERSION", "2.0");
    put_line(calendar, "PRODID",
             strcmp(calendar->view.language, "zh") == 0 ? "-//libpioneer//roster//ZH"
                                                        : "-//libpioneer//roster//EN");
    put_line(calendar, "CALSCALE", "GREGORIAN");
    pnr_text_append(&calendar->line, "X-WR-CALNAME:");
    put_text(calendar, owner);
    put_text(calendar, " · ");
    put_text(calendar, campaign->settings.name);
    end_line(calendar);
    put_zone(calendar);
    if (member >= 0) {
        put_member_events(calendar, member);
    } else {
        put_site_events(calendar, site);
    }
    put_line(calendar, "END", "VCALENDAR");
}

/* Members and sites by id: exactly one of the two is asked for. */
static enum pioneer_status find_owner(const struct pnr_view *view, const char *member, const char *site,
                                      int32_t *member_index, int32_t *site_index,
                                      struct pioneer_error *error) {
    *member_index = member ? pnr_map_get(&view->members, member) : -1;
    *site_index = site ? pnr_map_get(&view->sites, site) : -1;
    if (*member_index < 0 && *site_index < 0) {
        return pnr_fail(error, PIONEER_E_NOT_FOUND, member ? "unknown-member" : "unknown-site", NULL,
                        "The campaign has no %s %s.", member ? "member" : "site", member ? member : site);
    }
    return PIONEER_OK;
}

/* A day more on both sides covers every offset from UTC. */
static enum pioneer_status read_zone(struct calendar *calendar, struct pioneer_error *error) {
    const struct pnr_view *view = &calendar->view;
    return pnr_zone_read(view->campaign->settings.time_zone, (int64_t)(view->first_day - 1) * 86400,
                         (int64_t)(view->last_day + 3) * 86400, &calendar->zone, error);
}

enum pioneer_status pioneer_export_ics(const struct pioneer_campaign *campaign,
                                       const struct pioneer_roster *roster, const char *member,
                                       const char *site, int64_t stamp_at, const char *language, char **out,
                                       size_t *length, struct pioneer_error *error) {
    *out = NULL;
    *length = 0;
    enum pioneer_status status = pnr_export_validated(campaign, error);
    if (status == PIONEER_OK && (stamp_at < 0 || stamp_at > STAMP_MAX)) {
        status = pnr_fail(error, PIONEER_E_RANGE, "bad-stamp", NULL,
                          "The time stamp is outside the years 1970 to 9999.");
    }
    if (status == PIONEER_OK && (member != NULL) == (site != NULL)) {
        status =
            pnr_fail(error, PIONEER_E_RANGE, "member-or-site", NULL, "Ask for one member or for one site.");
    }
    if (status != PIONEER_OK) {
        return status;
    }
    struct calendar calendar = {.stamp_at = stamp_at};
    int32_t member_index, site_index;
    status = pnr_view_build(&calendar.view, campaign, roster, language, error);
    if (status == PIONEER_OK) {
        status = find_owner(&calendar.view, member, site, &member_index, &site_index, error);
    }
    if (status == PIONEER_OK) {
        status = read_zone(&calendar, error);
    }
    if (status == PIONEER_OK) {
        put_calendar(&calendar, member_index, site_index);
    }
    pnr_text_fini(&calendar.line);
    pnr_zone_fini(&calendar.zone);
    pnr_view_fini(&calendar.view);
    return pnr_export_hand_over(&calendar.out, status, out, length, error);
}
