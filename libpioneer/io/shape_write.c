/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing descriptions as JSON by their tables of keys. */
#include <inttypes.h>
#include <pioneer/campaign.h>
#include <string.h>

#include "base/calendar.h"
#include "io/shape.h"

/* The tables know offsets, not types. */
static int32_t number_at(const void *record, size_t offset) {
    int32_t number;
    memcpy(&number, (const char *)record + offset, sizeof number);
    return number;
}

static int64_t long_at(const void *record, size_t offset) {
    int64_t number;
    memcpy(&number, (const char *)record + offset, sizeof number);
    return number;
}

static bool flag_at(const void *record, size_t offset) {
    bool flag;
    memcpy(&flag, (const char *)record + offset, sizeof flag);
    return flag;
}

static const void *pointer_at(const void *record, size_t offset) {
    const void *pointer;
    memcpy(&pointer, (const char *)record + offset, sizeof pointer);
    return pointer;
}

/* ---- what is left out */

static bool is_plain_text(const struct pnr_key *key, const void *record) {
    const char *text = pointer_at(record, key->offset);
    if (!text) {
        return true;
    }
    const char *like = key->like != 0 ? pointer_at(record, key->like) : key->plain_text;
    return like && strcmp(text, like) == 0;
}

static bool is_plain_group(const struct pnr_key *group, const void *record) {
    for (int32_t i = 0; i < group->of->count; i++) {
        if (!pnr_shape_is_plain(&group->of->keys[i], record)) {
            return false;
        }
    }
    return true;
}

bool pnr_shape_is_plain(const struct pnr_key *key, const void *record) {
    if (key->has != 0) {
        return !flag_at(record, key->has);
    }
    switch (key->form) {
    case PNR_FORM_TEXT:
        return is_plain_text(key, record);
    case PNR_FORM_LONG:
    case PNR_FORM_SEED:
        return long_at(record, key->offset) == key->plain;
    case PNR_FORM_FLAG:
    case PNR_FORM_FLAG_WORD:
        return !flag_at(record, key->offset);
    case PNR_FORM_ONE_DATE:
        return number_at(record, key->offset) != number_at(record, key->other);
    case PNR_FORM_SPAN_DATE:
        return number_at(record, key->offset) == number_at(record, key->other);
    case PNR_FORM_TEXTS:
    case PNR_FORM_DATES:
    case PNR_FORM_RATINGS:
    case PNR_FORM_RECORDS:
        return number_at(record, key->other) == 0;
    case PNR_FORM_GROUP:
        return is_plain_group(key, record);
    default:
        return number_at(record, key->offset) == key->plain;
    }
}

/* ---- values */

/* The escape of a byte that a JSON string cannot hold as it is; NULL: none is needed. */
static const char *escape_of(unsigned char byte) {
    switch (byte) {
    case '"':
        return "\\\"";
    case '\\':
        return "\\\\";
    case '\n':
        return "\\n";
    case '\t':
        return "\\t";
    case '\r':
        return "\\r";
    default:
        return NULL;
    }
}

void pnr_shape_write_text(const char *text, struct pnr_text *out) {
    pnr_text_append(out, "\"");
    const char *start = text;
    for (const char *at = text; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        const char *escape = escape_of(byte);
        if (!escape && byte >= 0x20) {
            continue;
        }
        pnr_text_append_n(out, start, (size_t)(at - start));
        if (escape) {
            pnr_text_append(out, escape);
        } else {
            pnr_text_printf(out, "\\u%04x", byte);
        }
        start = at + 1;
    }
    pnr_text_append(out, start);
    pnr_text_append(out, "\"");
}

static void write_date(int32_t day, struct pnr_text *out) {
    char text[11];
    pnr_date_format(day, text);
    pnr_text_printf(out, "\"%s\"", text);
}

static void write_moment(int32_t minute, struct pnr_text *out) {
    char text[17];
    pnr_datetime_format(minute, text);
    pnr_text_printf(out, "\"%s\"", text);
}

/* An end more than a day after its start is written with hours beyond 24, since "08:00" would be the day
 * itself. */
static void write_end(int32_t from, int32_t to, struct pnr_text *out) {
    const bool is_short = to > PNR_DAY_MINUTES && to - PNR_DAY_MINUTES <= from;
    const int32_t minute = is_short ? to - PNR_DAY_MINUTES : to;
    pnr_text_printf(out, "\"%02d:%02d\"", (int)(minute / 60), (int)(minute % 60));
}

static void write_long(int64_t number, struct pnr_text *out) {
    const bool is_exact = number >= -PNR_JSON_EXACT_MAX && number <= PNR_JSON_EXACT_MAX;
    pnr_text_printf(out, is_exact ? "%" PRId64 : "\"%" PRId64 "\"", number);
}

static void write_seed(uint64_t seed, struct pnr_text *out) {
    pnr_text_printf(out, seed <= (uint64_t)PNR_JSON_EXACT_MAX ? "%" PRIu64 : "\"%" PRIu64 "\"", seed);
}

static void write_weekdays(int32_t bits, struct pnr_text *out) {
    const char *separator = "";
    pnr_text_append(out, "[");
    for (int32_t i = 0; i < pnr_weekday_words.count; i++) {
        if (bits >> i & 1) {
            pnr_text_printf(out, "%s\"%s\"", separator, pnr_weekday_words.items[i]);
            separator = ", ";
        }
    }
    pnr_text_append(out, "]");
}

static void write_ratings(const struct pioneer_rating *ratings, int32_t count, struct pnr_text *out) {
    pnr_text_append(out, "{");
    for (int32_t i = 0; i < count; i++) {
        pnr_text_append(out, i > 0 ? ", " : "");
        pnr_shape_write_text(ratings[i].name, out);
        pnr_text_printf(out, ": %" PRId32, ratings[i].value);
    }
    pnr_text_append(out, "}");
}

/* ---- lists */

static void write_item(const struct pnr_key *key, const void *items, int32_t index, int indent,
                       struct pnr_text *out) {
    if (key->form == PNR_FORM_TEXTS) {
        pnr_shape_write_text(((const char *const *)items)[index], out);
    } else if (key->form == PNR_FORM_DATES) {
        write_date(((const int32_t *)items)[index], out);
    } else {
        pnr_shape_write(key->of, (const char *)items + (size_t)index * key->of->size, indent, out);
    }
}

static void write_list(const struct pnr_key *key, const void *record, int indent, struct pnr_text *out) {
    const void *items = pointer_at(record, key->offset);
    const int32_t count = number_at(record, key->other);
    const bool is_tall = key->is_tall && count > 0;
    pnr_text_append(out, "[");
    for (int32_t i = 0; i < count; i++) {
        if (is_tall) {
            pnr_text_printf(out, "%s\n%*s", i > 0 ? "," : "", indent + 2, "");
        } else if (i > 0) {
            pnr_text_append(out, ", ");
        }
        write_item(key, items, i, indent + 2, out);
    }
    if (is_tall) {
        pnr_text_printf(out, "\n%*s", indent, "");
    }
    pnr_text_append(out, "]");
}

/* ---- objects */

void pnr_shape_write_value(const struct pnr_key *key, const void *record, int indent, struct pnr_text *out) {
    switch (key->form) {
    case PNR_FORM_TEXT:
        pnr_shape_write_text(pointer_at(record, key->offset), out);
        return;
    case PNR_FORM_NUMBER:
        pnr_text_printf(out, "%" PRId32, number_at(record, key->offset));
        return;
    case PNR_FORM_LONG:
        write_long(long_at(record, key->offset), out);
        return;
    case PNR_FORM_SEED:
        write_seed((uint64_t)long_at(record, key->offset), out);
        return;
    case PNR_FORM_FLAG:
        pnr_text_append(out, flag_at(record, key->offset) ? "true" : "false");
        return;
    case PNR_FORM_CHOICE:
        pnr_shape_write_text(pnr_word_at(key->words, number_at(record, key->offset)), out);
        return;
    case PNR_FORM_FLAG_WORD:
        pnr_shape_write_text(pnr_word_at(key->words, flag_at(record, key->offset)), out);
        return;
    case PNR_FORM_DATE:
    case PNR_FORM_ONE_DATE:
    case PNR_FORM_SPAN_DATE:
        write_date(number_at(record, key->offset), out);
        return;
    case PNR_FORM_MOMENT:
        write_moment(number_at(record, key->offset), out);
        return;
    case PNR_FORM_TIME:
        write_end(0, number_at(record, key->offset), out);
        return;
    case PNR_FORM_END:
        write_end(number_at(record, key->other), number_at(record, key->offset), out);
        return;
    case PNR_FORM_WEEKDAYS:
        write_weekdays(number_at(record, key->offset), out);
        return;
    case PNR_FORM_RATINGS:
        write_ratings(pointer_at(record, key->offset), number_at(record, key->other), out);
        return;
    case PNR_FORM_TEXTS:
    case PNR_FORM_DATES:
    case PNR_FORM_RECORDS:
        write_list(key, record, indent, out);
        return;
    case PNR_FORM_GROUP:
        pnr_shape_write(key->of, record, indent, out);
        return;
    }
}

void pnr_shape_write(const struct pnr_shape *shape, const void *record, int indent, struct pnr_text *out) {
    const char *separator = "";
    pnr_text_append(out, "{");
    for (int32_t i = 0; i < shape->count; i++) {
        const struct pnr_key *const key = &shape->keys[i];
        if (!key->required && pnr_shape_is_plain(key, record)) {
            continue;
        }
        pnr_text_append(out, separator);
        pnr_shape_write_text(key->name, out);
        pnr_text_append(out, ": ");
        pnr_shape_write_value(key, record, indent, out);
        separator = ", ";
    }
    pnr_text_append(out, "}");
}
