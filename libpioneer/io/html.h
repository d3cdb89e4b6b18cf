/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The HTML page from inside: what it is made of, and its sections. */
#ifndef PNR_IO_HTML_H
#define PNR_IO_HTML_H

#include <pioneer/check.h>

#include "io/view.h"

/* What the judge said, taken out of its report; the arrays are borrowed. */
struct pnr_verdict {
    const struct pioneer_shortage *shortages;
    int32_t shortage_count;
    const struct pioneer_violation *violations;
    int32_t violation_count;
    const struct pioneer_judged_part *parts;
    int32_t part_count;
};

/* A page being written. Numbers in ids and data attributes are indices into the campaign. */
struct pnr_page {
    struct pnr_view view;
    struct pnr_verdict verdict;
    struct pnr_text out;
    struct pnr_text scratch; /* for one value at a time */
    bool *lead_missing;      /* [duty] */
};

/* One value of a pattern: escaped text, or a number when text is NULL. */
struct pnr_html_value {
    const char *text;
    int64_t number;
};
#define PNR_HTML(text_)     ((struct pnr_html_value){.text = (text_)})
#define PNR_HTML_N(number_) ((struct pnr_html_value){.number = (number_)})

/* Appends a pattern of markup with each `@` replaced by the next value, escaped. */
#define pnr_html(page, pattern, ...)                                                                         \
    pnr_html_values(                                                                                         \
        (page), (pattern), (const struct pnr_html_value[]){__VA_ARGS__},                                     \
        (int)(sizeof((const struct pnr_html_value[]){__VA_ARGS__}) / sizeof(struct pnr_html_value)))
void pnr_html_values(struct pnr_page *page, const char *pattern, const struct pnr_html_value *values,
                     int count);

/* Appends markup as it is, and text escaped. */
void pnr_html_raw(struct pnr_page *page, const char *markup);
void pnr_html_text(struct pnr_page *page, const char *text);
/* Appends a translated message, escaped. */
void pnr_html_say(struct pnr_page *page, const char *english);
/* Appends a translated message with arguments, escaped. */
#define pnr_html_say_with(page, english, ...)                                                                \
    (pnr_format(pnr_html_begin_scratch(page), (page)->view.language, (english), __VA_ARGS__),                \
     pnr_html_scratch(page))

/* The scratch text, emptied; then appends what has been put into it since, escaped. */
struct pnr_text *pnr_html_begin_scratch(struct pnr_page *page);
void pnr_html_scratch(struct pnr_page *page);

/* A number with its thousands apart: 12,480. */
void pnr_html_number(struct pnr_page *page, int64_t number);
void pnr_html_day(struct pnr_page *page, int32_t day);
void pnr_html_date(struct pnr_page *page, int32_t day);
/* A range of days: the year once, if it is one. */
void pnr_html_days(struct pnr_page *page, int32_t from, int32_t to);
void pnr_html_span(struct pnr_page *page, int32_t from_min, int32_t to_min);
void pnr_html_minutes(struct pnr_page *page, int64_t minutes);
/* A bar of `part` out of `whole`, for the eye only: the number stands beside it. */
void pnr_html_bar(struct pnr_page *page, int64_t part, int64_t whole);
/* The open tag of a table cell with its column's heading, which narrow screens show beside the value. */
void pnr_html_cell(struct pnr_page *page, const char *kind, const char *heading);

/* Heads that a duty lacks of its minimum, and of its target beyond that. */
int32_t pnr_html_short_of_min(const struct pnr_page *page, int32_t duty);
int32_t pnr_html_short_of_target(const struct pnr_page *page, int32_t duty);

/* The sections, each a whole <section>. */
void pnr_html_summary(struct pnr_page *page);
void pnr_html_levels(struct pnr_page *page); /* the part of the summary about the levels */
void pnr_html_sites(struct pnr_page *page);
void pnr_html_members(struct pnr_page *page);
void pnr_html_units(struct pnr_page *page);

/* Writes the whole page. As pioneer_export_html(), from a verdict. */
PIONEER_MUST_USE enum pioneer_status pnr_html_write(const struct pioneer_campaign *campaign,
                                                    const struct pioneer_roster *roster,
                                                    const struct pnr_verdict *verdict, const char *language,
                                                    struct pnr_text *out, struct pioneer_error *error);

#endif
