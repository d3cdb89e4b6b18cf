/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading descriptions from JSON by their tables of keys. */
#include <pioneer/campaign.h>
#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/map.h"
#include "io/shape.h"

/* One value with everything that reading it needs. */
struct reading {
    const struct pnr_key *key;
    const struct cJSON *value;
    const struct pnr_place *place;
    char *record;
    struct pnr_arena *arena;
    struct pioneer_error *error;
};

/* The tables know offsets, not types. */
static void put(const struct reading *in, size_t offset, const void *bytes, size_t size) {
    memcpy(in->record + offset, bytes, size);
}

static void put_number(const struct reading *in, size_t offset, int32_t number) {
    put(in, offset, &number, sizeof number);
}

static void put_list(const struct reading *in, const void *items, int32_t count) {
    put(in, in->key->offset, &items, sizeof items);
    put_number(in, in->key->other, count);
}

/* ---- words */

enum pioneer_status pnr_shape_fail_unknown(const char *key, const char *const *known, int32_t count,
                                           const struct pnr_place *place, struct pioneer_error *error) {
    const char *near = pnr_nearest_word(key, known, count);
    if (near) {
        return pnr_place_fail(place, error, "unknown-key",
                              "There is no key \"%s\" here; did you mean \"%s\"?", PNR_EXCERPT(key), near);
    }
    return pnr_place_fail(place, error, "unknown-key", "There is no key \"%s\" here.", PNR_EXCERPT(key));
}

/* Appends the words, separated by commas, as far as they fit. */
static void list_words(const char *const *words, int32_t count, char *out, size_t size) {
    size_t length = 0;
    out[0] = '\0';
    for (int32_t i = 0; i < count && length < size; i++) {
        if (words[i]) {
            const int written =
                snprintf(out + length, size - length, "%s%s", length > 0 ? ", " : "", words[i]);
            length += written > 0 ? (size_t)written : 0;
        }
    }
}

static enum pioneer_status fail_word(const char *text, struct pnr_words words, const struct reading *in) {
    const char *known[PNR_WORDS_MAX] = {NULL};
    for (int32_t i = 0; i < words.count; i++) {
        known[i] = pnr_word_at(words, i);
    }
    const char *near = pnr_nearest_word(text, known, words.count);
    if (near) {
        return pnr_place_fail(in->place, in->error, "unknown-word",
                              "\"%s\" is not known here; did you mean \"%s\"?", PNR_EXCERPT(text), near);
    }
    char all[440];
    list_words(known, words.count, all, sizeof all);
    return pnr_place_fail(in->place, in->error, "unknown-word", "This must be one of: %s.", all);
}

/* The number of a word. */
static enum pioneer_status read_word(const struct reading *in, struct pnr_words words, int32_t *out) {
    const char *text;
    const enum pioneer_status status = pnr_json_text(in->value, in->place, &text, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    for (int32_t i = 0; i < words.count; i++) {
        const char *word = pnr_word_at(words, i);
        if (word && strcmp(word, text) == 0) {
            *out = i;
            return PIONEER_OK;
        }
    }
    return fail_word(text, words, in);
}

static enum pioneer_status read_choice(const struct reading *in) {
    int32_t number;
    const enum pioneer_status status = read_word(in, in->key->words, &number);
    if (status != PIONEER_OK) {
        return status;
    }
    if (in->key->form == PNR_FORM_FLAG_WORD) {
        const bool flag = number != 0;
        put(in, in->key->offset, &flag, sizeof flag);
    } else {
        put_number(in, in->key->offset, number);
    }
    return PIONEER_OK;
}

/* ---- single values */

static enum pioneer_status read_text(const struct reading *in) {
    const char *text;
    const enum pioneer_status status = pnr_json_text(in->value, in->place, &text, in->error);
    if (status == PIONEER_OK) {
        put(in, in->key->offset, &text, sizeof text);
    }
    return status;
}

static enum pioneer_status read_number(const struct reading *in) {
    int64_t number;
    const struct pnr_json_range range = {in->key->low, in->key->high};
    const enum pioneer_status status = pnr_json_number(in->value, in->place, range, &number, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    if (in->key->form == PNR_FORM_LONG) {
        put(in, in->key->offset, &number, sizeof number);
    } else {
        put_number(in, in->key->offset, (int32_t)number);
    }
    return PIONEER_OK;
}

static enum pioneer_status read_seed(const struct reading *in) {
    uint64_t seed;
    const enum pioneer_status status = pnr_json_seed(in->value, in->place, &seed, in->error);
    if (status == PIONEER_OK) {
        put(in, in->key->offset, &seed, sizeof seed);
    }
    return status;
}

static enum pioneer_status read_flag(const struct reading *in) {
    bool flag;
    const enum pioneer_status status = pnr_json_flag(in->value, in->place, &flag, in->error);
    if (status == PIONEER_OK) {
        put(in, in->key->offset, &flag, sizeof flag);
    }
    return status;
}

/* A date; with `after_zero` not the first one, which stands for "not given". */
static enum pioneer_status read_day(const struct reading *in, bool after_zero, int32_t *day) {
    const char *text;
    const enum pioneer_status status = pnr_json_text(in->value, in->place, &text, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    if (!pnr_date_parse(text, day)) {
        return pnr_place_fail(in->place, in->error, "bad-date",
                              "\"%s\" is no date; write year-month-day, such as 2020-02-29.",
                              PNR_EXCERPT(text));
    }
    if (after_zero && *day == 0) {
        return pnr_place_fail(in->place, in->error, "bad-date", "Dates start with 1970-01-02 here.");
    }
    return PIONEER_OK;
}

static enum pioneer_status read_date(const struct reading *in) {
    int32_t day;
    const bool is_optional = !in->key->required && in->key->form == PNR_FORM_DATE;
    const enum pioneer_status status = read_day(in, is_optional, &day);
    if (status != PIONEER_OK) {
        return status;
    }
    put_number(in, in->key->offset, day);
    if (in->key->form == PNR_FORM_ONE_DATE) {
        put_number(in, in->key->other, day);
    }
    return PIONEER_OK;
}

static enum pioneer_status read_moment(const struct reading *in) {
    const char *text;
    int32_t minute;
    const enum pioneer_status status = pnr_json_text(in->value, in->place, &text, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    if (!pnr_datetime_parse(text, &minute)) {
        return pnr_place_fail(in->place, in->error, "bad-time",
                              "\"%s\" is no date with a time, such as 2020-02-29T08:00.", PNR_EXCERPT(text));
    }
    if (!in->key->required && minute == 0) {
        return pnr_place_fail(in->place, in->error, "bad-time", "Times start after 1970-01-01T00:00 here.");
    }
    put_number(in, in->key->offset, minute);
    return PIONEER_OK;
}

/* "HH:MM" up to "48:00": a time of this day or the next. */
static bool parse_long_time(const char *text, int32_t *minute) {
    if (pnr_time_parse(text, minute)) {
        return true;
    }
    char next[6];
    if (strlen(text) != 5 || text[0] < '2' || text[0] > '4' || text[1] < '0' || text[1] > '9') {
        return false;
    }
    const int hours = (text[0] - '0') * 10 + (text[1] - '0') - 24;
    if (hours < 0 || hours > 24) {
        return false;
    }
    snprintf(next, sizeof next, "%02d%.3s", hours, text + 2);
    if (!pnr_time_parse(next, minute)) {
        return false;
    }
    *minute += PNR_DAY_MINUTES;
    return true;
}

static enum pioneer_status read_time(const struct reading *in) {
    const char *text;
    int32_t minute;
    const enum pioneer_status status = pnr_json_text(in->value, in->place, &text, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    const bool is_end = in->key->form == PNR_FORM_END;
    const bool is_time = is_end ? parse_long_time(text, &minute) : pnr_time_parse(text, &minute);
    if (!is_time || (!is_end && minute == PNR_DAY_MINUTES)) {
        return pnr_place_fail(in->place, in->error, "bad-time", "\"%s\" is no time of day, such as 08:30.",
                              PNR_EXCERPT(text));
    }
    put_number(in, in->key->offset, minute);
    return PIONEER_OK;
}

/* ---- lists */

static struct pnr_place place_of_item(const struct reading *in, int32_t index) {
    return (struct pnr_place){.parent = in->place, .index = index};
}

static enum pioneer_status read_weekdays(const struct reading *in) {
    enum pioneer_status status = pnr_json_expect(in->value, PNR_JSON_ARRAY, in->place, in->error);
    int32_t weekdays = 0;
    int32_t index = 0;
    if (status == PIONEER_OK && !pnr_json_first(in->value)) {
        return pnr_place_fail(in->place, in->error, "empty-list", "This list must not be empty.");
    }
    for (const struct cJSON *item = status == PIONEER_OK ? pnr_json_first(in->value) : NULL; item;
         item = pnr_json_next(item)) {
        const struct pnr_place place = place_of_item(in, index++);
        struct reading one = *in;
        one.value = item;
        one.place = &place;
        int32_t weekday = 0;
        status = read_word(&one, pnr_weekday_words, &weekday);
        if (status != PIONEER_OK) {
            return status;
        }
        weekdays |= 1 << weekday;
    }
    if (status == PIONEER_OK) {
        put_number(in, in->key->offset, weekdays);
    }
    return status;
}

static enum pioneer_status read_item(const struct reading *in, char *item) {
    if (in->key->form == PNR_FORM_RECORDS) {
        return pnr_shape_read(in->key->of, in->value, in->place, item, in->arena, in->error);
    }
    int32_t day;
    const char *text;
    const enum pioneer_status status = in->key->form == PNR_FORM_TEXTS
                                           ? pnr_json_text(in->value, in->place, &text, in->error)
                                           : read_day(in, false, &day);
    if (status == PIONEER_OK && in->key->form == PNR_FORM_TEXTS) {
        memcpy(item, &text, sizeof text);
    } else if (status == PIONEER_OK) {
        memcpy(item, &day, sizeof day);
    }
    return status;
}

static size_t size_of_item(const struct pnr_key *key) {
    if (key->form == PNR_FORM_RECORDS) {
        return key->of->size;
    }
    return key->form == PNR_FORM_TEXTS ? sizeof(const char *) : sizeof(int32_t);
}

static enum pioneer_status read_list(const struct reading *in) {
    enum pioneer_status status = pnr_json_expect(in->value, PNR_JSON_ARRAY, in->place, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    const size_t size = size_of_item(in->key);
    char *items = pnr_arena_alloc(in->arena, (size_t)pnr_json_count(in->value), size);
    if (!items) {
        return pnr_fail_no_memory(in->error);
    }
    int32_t count = 0;
    for (const struct cJSON *item = pnr_json_first(in->value); item; item = pnr_json_next(item)) {
        const struct pnr_place place = place_of_item(in, count);
        struct reading one = *in;
        one.value = item;
        one.place = &place;
        status = read_item(&one, items + (size_t)count * size);
        if (status != PIONEER_OK) {
            return status;
        }
        count++;
    }
    put_list(in, items, count);
    return PIONEER_OK;
}

/* Reads the values of {"name": value} and finds names that stand twice. */
static enum pioneer_status read_rating_items(const struct reading *in, struct pioneer_rating *ratings,
                                             struct pnr_map *seen) {
    int32_t count = 0;
    for (const struct cJSON *item = pnr_json_first(in->value); item; item = pnr_json_next(item)) {
        const char *const name = pnr_json_key(item);
        const struct pnr_place place = {.parent = in->place, .key = name};
        if (pnr_map_get(seen, name) >= 0) {
            return pnr_place_fail(&place, in->error, "duplicate-key", "The key \"%s\" stands here twice.",
                                  PNR_EXCERPT(name));
        }
        if (!pnr_map_put(seen, name, 0)) {
            return pnr_fail_no_memory(in->error);
        }
        int64_t value = 0;
        const struct pnr_json_range range = {in->key->low, in->key->high};
        const enum pioneer_status status = pnr_json_number(item, &place, range, &value, in->error);
        if (status != PIONEER_OK) {
            return status;
        }
        ratings[count++] = (struct pioneer_rating){name, (int32_t)value};
    }
    put_list(in, ratings, count);
    return PIONEER_OK;
}

static enum pioneer_status read_ratings(const struct reading *in) {
    enum pioneer_status status = pnr_json_expect(in->value, PNR_JSON_OBJECT, in->place, in->error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pioneer_rating *ratings =
        pnr_arena_alloc(in->arena, (size_t)pnr_json_count(in->value), sizeof *ratings);
    if (!ratings) {
        return pnr_fail_no_memory(in->error);
    }
    struct pnr_map seen;
    pnr_map_init(&seen);
    status = read_rating_items(in, ratings, &seen);
    pnr_map_fini(&seen);
    return status;
}

/* ---- objects */

static enum pioneer_status read_form(const struct reading *in) {
    switch (in->key->form) {
    case PNR_FORM_TEXT:
        return read_text(in);
    case PNR_FORM_NUMBER:
    case PNR_FORM_LONG:
        return read_number(in);
    case PNR_FORM_SEED:
        return read_seed(in);
    case PNR_FORM_FLAG:
        return read_flag(in);
    case PNR_FORM_CHOICE:
    case PNR_FORM_FLAG_WORD:
        return read_choice(in);
    case PNR_FORM_DATE:
    case PNR_FORM_ONE_DATE:
    case PNR_FORM_SPAN_DATE:
        return read_date(in);
    case PNR_FORM_MOMENT:
        return read_moment(in);
    case PNR_FORM_TIME:
    case PNR_FORM_END:
        return read_time(in);
    case PNR_FORM_WEEKDAYS:
        return read_weekdays(in);
    case PNR_FORM_TEXTS:
    case PNR_FORM_DATES:
    case PNR_FORM_RECORDS:
        return read_list(in);
    case PNR_FORM_RATINGS:
        return read_ratings(in);
    case PNR_FORM_GROUP:
        break;
    }
    return pnr_shape_read(in->key->of, in->value, in->place, in->record, in->arena, in->error);
}

enum pioneer_status pnr_shape_read_key(const struct pnr_key *key, const struct cJSON *value,
                                       const struct pnr_place *place, void *record, struct pnr_arena *arena,
                                       struct pioneer_error *error) {
    const struct reading in = {key, value, place, record, arena, error};
    const enum pioneer_status status = read_form(&in);
    if (status == PIONEER_OK && key->has != 0) {
        const bool is_given = true;
        put(&in, key->has, &is_given, sizeof is_given);
    }
    return status;
}

static int32_t find_key(const struct pnr_shape *shape, const char *name) {
    for (int32_t i = 0; i < shape->count; i++) {
        if (strcmp(shape->keys[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

static enum pioneer_status fail_unknown(const struct pnr_shape *shape, const char *name,
                                        const struct pnr_place *place, struct pioneer_error *error) {
    const char *known[PNR_SHAPE_KEYS_MAX];
    for (int32_t i = 0; i < shape->count; i++) {
        known[i] = shape->keys[i].name;
    }
    return pnr_shape_fail_unknown(name, known, shape->count, place, error);
}

/* What cannot be judged key by key: keys that are missing, ends on the next day, the shape's own check. */
static enum pioneer_status finish(const struct pnr_shape *shape, uint64_t given,
                                  const struct pnr_place *place, char *record, struct pioneer_error *error) {
    for (int32_t i = 0; i < shape->count; i++) {
        const struct pnr_key *const key = &shape->keys[i];
        if (key->required && !(given >> i & 1)) {
            const struct pnr_place missing = {.parent = place, .key = key->name};
            return pnr_place_fail(&missing, error, "missing-key", "The key \"%s\" is missing.", key->name);
        }
        if (key->form == PNR_FORM_END) {
            int32_t from, to;
            memcpy(&from, record + key->other, sizeof from);
            memcpy(&to, record + key->offset, sizeof to);
            to += to <= from && to <= PNR_DAY_MINUTES ? PNR_DAY_MINUTES : 0;
            memcpy(record + key->offset, &to, sizeof to);
        }
    }
    return shape->check ? shape->check(given, place, error) : PIONEER_OK;
}

enum pioneer_status pnr_shape_read(const struct pnr_shape *shape, const struct cJSON *value,
                                   const struct pnr_place *place, void *record, struct pnr_arena *arena,
                                   struct pioneer_error *error) {
    enum pioneer_status status = pnr_json_expect(value, PNR_JSON_OBJECT, place, error);
    if (status != PIONEER_OK) {
        return status;
    }
    uint64_t given = 0;
    for (const struct cJSON *item = pnr_json_first(value); item; item = pnr_json_next(item)) {
        const char *const name = pnr_json_key(item);
        const struct pnr_place at = {.parent = place, .key = name};
        const int32_t index = find_key(shape, name);
        if (index < 0) {
            return fail_unknown(shape, name, &at, error);
        }
        if (given >> index & 1) {
            return pnr_place_fail(&at, error, "duplicate-key", "The key \"%s\" stands here twice.", name);
        }
        given |= UINT64_C(1) << index;
        status = pnr_shape_read_key(&shape->keys[index], item, &at, record, arena, error);
        if (status != PIONEER_OK) {
            return status;
        }
    }
    return finish(shape, given, place, record, error);
}
