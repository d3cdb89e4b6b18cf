/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, times and durations as people of a language write them. */
#include "io/view.h"

#include "base/calendar.h"
#include "text/message.h"

static const char *month_name(const struct pnr_view *view, int32_t month) {
    static const char *const names[] = {
        PNR_("Jan"), PNR_("Feb"), PNR_("Mar"), PNR_("Apr"), PNR_("May"), PNR_("Jun"),
        PNR_("Jul"), PNR_("Aug"), PNR_("Sep"), PNR_("Oct"), PNR_("Nov"), PNR_("Dec"),
    };
    return pnr_view_say(view, names[month - 1]);
}

void pnr_view_put_day(const struct pnr_view *view, struct pnr_text *out, int32_t day) {
    int32_t year, month, day_of_month;
    pnr_civil_from_day(day, &year, &month, &day_of_month);
    pnr_format(out, view->language, PNR_("{day} {month}"), PNR_NUMBER("day", day_of_month),
               PNR_TEXT("month", month_name(view, month)));
}

void pnr_view_put_date(const struct pnr_view *view, struct pnr_text *out, int32_t day) {
    int32_t year, month, day_of_month;
    pnr_civil_from_day(day, &year, &month, &day_of_month);
    pnr_format(out, view->language, PNR_("{day} {month} {year}"), PNR_NUMBER("day", day_of_month),
               PNR_TEXT("month", month_name(view, month)), PNR_NUMBER("year", year));
}

void pnr_view_put_span(const struct pnr_view *view, struct pnr_text *out, int32_t from_min, int32_t to_min) {
    const bool next_day = to_min > PNR_DAY_MINUTES;
    char from[6];
    char to[6];
    pnr_time_format(from_min, from);
    pnr_time_format(next_day ? to_min - PNR_DAY_MINUTES : to_min, to);
    pnr_text_printf(out, "%s–", from);
    if (next_day) {
        pnr_format(out, view->language, PNR_("{time} next day"), PNR_TEXT("time", to));
    } else {
        pnr_text_append(out, to);
    }
}

void pnr_view_put_minutes(const struct pnr_view *view, struct pnr_text *out, int64_t minutes) {
    const int64_t hours = minutes / 60;
    const int64_t rest = minutes % 60;
    if (rest == 0 && hours > 0) {
        pnr_format(out, view->language, PNR_("{hours} h"), PNR_NUMBER("hours", hours));
    } else if (hours == 0) {
        pnr_format(out, view->language, PNR_("{minutes} min"), PNR_NUMBER("minutes", rest));
    } else {
        pnr_format(out, view->language, PNR_("{hours} h {minutes} min"), PNR_NUMBER("hours", hours),
                   PNR_NUMBER("minutes", rest));
    }
}
