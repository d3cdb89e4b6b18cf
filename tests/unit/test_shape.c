/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of io/shape over every key of every table: nothing here names a key, so that a new one is tested too.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/document.h"
#include "model/layout.h"

static struct pioneer_error error;

/* ---- every shape of both documents */

#define SHAPES_MAX 64

struct shape_list {
    const struct pnr_shape *items[SHAPES_MAX];
    int32_t count;
};

static void add_shape(struct shape_list *list, const struct pnr_shape *shape) {
    for (int32_t i = 0; i < list->count; i++) {
        if (list->items[i] == shape) {
            return;
        }
    }
    cr_assert_lt(list->count, SHAPES_MAX);
    list->items[list->count++] = shape;
    for (int32_t i = 0; i < shape->count; i++) {
        if (shape->keys[i].of) {
            add_shape(list, shape->keys[i].of);
        }
    }
}

static struct shape_list all_shapes(void) {
    const struct pnr_document *documents[] = {&pnr_campaign_document, &pnr_roster_document};
    struct shape_list list = {.count = 0};
    for (int d = 0; d < 2; d++) {
        add_shape(&list, documents[d]->head);
        for (int32_t i = 0; i < documents[d]->section_count; i++) {
            add_shape(&list, documents[d]->sections[i].shape);
        }
    }
    cr_assert_gt(list.count, 20);
    return list;
}

/* ---- samples: a value that is not the default, as the writer writes it */

static void sample_object(const struct pnr_shape *shape, bool only_required, struct pnr_text *out);

static void sample_value(const struct pnr_key *key, struct pnr_text *out) {
    int32_t word = key->words.count - 1;
    switch (key->form) {
    case PNR_FORM_TEXT:
        /* The name of the key keeps it from equalling the text that it defaults to. */
        pnr_text_printf(out, "\"岗 %s\\\"\\\\\\n\\u0001\"", key->name);
        return;
    case PNR_FORM_NUMBER:
        pnr_text_printf(out, "%" PRId64, key->high);
        return;
    case PNR_FORM_LONG:
        pnr_text_printf(out, key->high > PNR_JSON_EXACT_MAX ? "\"%" PRId64 "\"" : "%" PRId64, key->high);
        return;
    case PNR_FORM_SEED:
        pnr_text_append(out, "\"18446744073709551615\"");
        return;
    case PNR_FORM_FLAG:
        pnr_text_append(out, "true");
        return;
    case PNR_FORM_CHOICE:
    case PNR_FORM_FLAG_WORD:
        pnr_text_printf(out, "\"%s\"", pnr_word_at(key->words, word));
        return;
    case PNR_FORM_DATE:
    case PNR_FORM_ONE_DATE:
        pnr_text_append(out, "\"2020-02-29\"");
        return;
    case PNR_FORM_SPAN_DATE:
        pnr_text_append(out, key->offset < key->other ? "\"2020-02-28\"" : "\"2020-03-01\"");
        return;
    case PNR_FORM_MOMENT:
        pnr_text_append(out, "\"2020-02-29T23:59\"");
        return;
    case PNR_FORM_TIME:
        pnr_text_append(out, "\"22:00\"");
        return;
    case PNR_FORM_END:
        pnr_text_append(out, "\"06:00\"");
        return;
    case PNR_FORM_WEEKDAYS:
        pnr_text_append(out, "[\"mon\", \"sun\"]");
        return;
    case PNR_FORM_TEXTS:
        pnr_text_append(out, "[\"a\", \"b\"]");
        return;
    case PNR_FORM_DATES:
        pnr_text_append(out, "[\"2020-02-29\", \"1970-01-01\"]");
        return;
    case PNR_FORM_RATINGS:
        pnr_text_append(out, "{\"a\": 0, \"b\": 100}");
        return;
    case PNR_FORM_RECORDS:
        pnr_text_append(out, key->is_tall ? "[\n  " : "[");
        sample_object(key->of, false, out);
        pnr_text_append(out, key->is_tall ? "\n]" : "]");
        return;
    case PNR_FORM_GROUP:
        sample_object(key->of, false, out);
        return;
    }
}

/* ONE_DATE says the same as two SPAN_DATEs: `only_required` needs the one, everything the others. */
static bool is_in_sample(const struct pnr_key *key, bool only_required) {
    return key->required || (key->form == PNR_FORM_ONE_DATE ? only_required : !only_required);
}

static void sample_object(const struct pnr_shape *shape, bool only_required, struct pnr_text *out) {
    const char *separator = "";
    pnr_text_append(out, "{");
    for (int32_t i = 0; i < shape->count; i++) {
        const struct pnr_key *key = &shape->keys[i];
        if (is_in_sample(key, only_required)) {
            pnr_text_printf(out, "%s\"%s\": ", separator, key->name);
            sample_value(key, out);
            separator = ", ";
        }
    }
    pnr_text_append(out, "}");
}

/* ---- reading */

/* Reads a text with the shape; the caller frees neither: the record lives in `arena`. */
static enum pioneer_status read_text(const struct pnr_shape *shape, const char *text, void **record,
                                     struct cJSON **root, struct pnr_arena *arena) {
    cr_assert_eq(pnr_json_parse(text, strlen(text), root, &error), PIONEER_OK, "%s: %s", text, error.message);
    *record = pnr_arena_alloc(arena, 1, shape->size);
    cr_assert_not_null(*record);
    memset(&error, 0, sizeof error);
    return pnr_shape_read(shape, *root, NULL, *record, arena, &error);
}

static void expect_refused(const struct pnr_shape *shape, const char *text, const char *code,
                           const char *where) {
    struct pnr_arena arena = {0};
    struct cJSON *root;
    void *record;
    cr_expect_eq(read_text(shape, text, &record, &root, &arena), PIONEER_E_INVALID, "%s: %s", shape->name,
                 text);
    cr_expect_str_eq(error.code, code, "%s: %s: %s", shape->name, text, error.code);
    cr_expect_str_eq(error.where, where, "%s: %s: %s", shape->name, text, error.where);
    cr_expect_gt(strlen(error.message), 10u);
    pnr_json_free(root);
    pnr_arena_fini(&arena);
}

static void expect_identity(const struct pnr_shape *shape, const char *text) {
    struct pnr_arena arena = {0};
    struct cJSON *root;
    void *record;
    cr_expect_eq(read_text(shape, text, &record, &root, &arena), PIONEER_OK, "%s: %s: %s", shape->name, text,
                 error.message);
    struct pnr_text out = {0};
    pnr_shape_write(shape, record, 0, &out);
    cr_expect_str_eq(out.bytes, text, "%s: %s: %s", shape->name, text, out.bytes);
    pnr_text_fini(&out);
    pnr_json_free(root);
    pnr_arena_fini(&arena);
}

Test(shape, reads_and_writes_every_key_of_every_table) {
    const struct shape_list list = all_shapes();
    for (int32_t i = 0; i < list.count; i++) {
        for (int only_required = 0; only_required < 2; only_required++) {
            /* The model fills the defaults of a campaign's head in: an empty record is none. */
            if (only_required == 1 && list.items[i] == pnr_campaign_document.head) {
                continue;
            }
            struct pnr_text text = {0};
            sample_object(list.items[i], only_required == 1, &text);
            expect_identity(list.items[i], text.bytes);
            pnr_text_fini(&text);
        }
    }
}

/* An object with all required keys, one of them or another key replaced by `value` (NULL: left out). */
static void sample_with(const struct pnr_shape *shape, const struct pnr_key *changed, const char *value,
                        struct pnr_text *out) {
    const char *separator = "";
    pnr_text_append(out, "{");
    for (int32_t i = 0; i < shape->count; i++) {
        const struct pnr_key *key = &shape->keys[i];
        if (key == changed ? value != NULL : is_in_sample(key, true)) {
            pnr_text_printf(out, "%s\"%s\": ", separator, key->name);
            if (key == changed) {
                pnr_text_append(out, value);
            } else {
                sample_value(key, out);
            }
            separator = ", ";
        }
    }
    pnr_text_append(out, "}");
}

static void expect_value_refused(const struct pnr_shape *shape, const struct pnr_key *key, const char *value,
                                 const char *code) {
    struct pnr_text text = {0};
    char where[64];
    snprintf(where, sizeof where, "/%s", key->name);
    sample_with(shape, key, value, &text);
    expect_refused(shape, text.bytes, code, where);
    pnr_text_fini(&text);
}

static enum pnr_json_kind kind_of(const struct pnr_key *key) {
    switch (key->form) {
    case PNR_FORM_NUMBER:
    case PNR_FORM_LONG:
    case PNR_FORM_SEED:
        return PNR_JSON_NUMBER;
    case PNR_FORM_FLAG:
        return PNR_JSON_FLAG;
    case PNR_FORM_WEEKDAYS:
    case PNR_FORM_TEXTS:
    case PNR_FORM_DATES:
    case PNR_FORM_RECORDS:
        return PNR_JSON_ARRAY;
    case PNR_FORM_RATINGS:
    case PNR_FORM_GROUP:
        return PNR_JSON_OBJECT;
    default:
        return PNR_JSON_TEXT;
    }
}

#define FOR_EACH_KEY(list, shape, key)                                                                       \
    for (int32_t s_ = 0; s_ < (list).count; s_++)                                                            \
        for (const struct pnr_shape *shape = (list).items[s_]; shape; shape = NULL)                          \
            for (const struct pnr_key *key = shape->keys; key < shape->keys + shape->count; key++)

Test(shape, refuses_every_wrong_type_at_every_key) {
    const char *values[] = {[PNR_JSON_NULL] = "null",    [PNR_JSON_FLAG] = "false", [PNR_JSON_NUMBER] = "1",
                            [PNR_JSON_TEXT] = "\"x y\"", [PNR_JSON_ARRAY] = "[]",   [PNR_JSON_OBJECT] = "{}"};
    const struct shape_list list = all_shapes();
    FOR_EACH_KEY(list, shape, key) {
        for (int kind = PNR_JSON_NULL; kind <= PNR_JSON_OBJECT; kind++) {
            if (kind != (int)kind_of(key)) {
                expect_value_refused(shape, key, values[kind], "wrong-type");
            }
        }
    }
}

Test(shape, refuses_every_missing_required_key) {
    const struct shape_list list = all_shapes();
    int count = 0;
    FOR_EACH_KEY(list, shape, key) {
        if (key->required) {
            expect_value_refused(shape, key, NULL, "missing-key");
            count++;
        }
    }
    cr_assert_gt(count, 40);
}

Test(shape, refuses_numbers_beyond_the_limits_of_every_key) {
    const struct shape_list list = all_shapes();
    FOR_EACH_KEY(list, shape, key) {
        char value[32];
        if (key->form != PNR_FORM_NUMBER) {
            continue;
        }
        expect_value_refused(shape, key, "-1", "negative-number");
        snprintf(value, sizeof value, "%" PRId64, key->high + 1);
        expect_value_refused(shape, key, value,
                             key->high >= 1000000 ? "number-too-large" : "number-out-of-range");
        if (key->low > 0) {
            expect_value_refused(shape, key, "0", "number-out-of-range");
        }
    }
}

Test(shape, refuses_unknown_words_and_impossible_times_at_every_key) {
    const struct shape_list list = all_shapes();
    FOR_EACH_KEY(list, shape, key) {
        const char *code = NULL;
        switch (key->form) {
        case PNR_FORM_CHOICE:
        case PNR_FORM_FLAG_WORD:
            code = "unknown-word";
            break;
        case PNR_FORM_DATE:
        case PNR_FORM_ONE_DATE:
        case PNR_FORM_SPAN_DATE:
            code = "bad-date";
            expect_value_refused(shape, key, "\"2021-02-29\"", code);
            break;
        case PNR_FORM_MOMENT:
        case PNR_FORM_TIME:
        case PNR_FORM_END:
            code = "bad-time";
            expect_value_refused(shape, key, "\"2020-02-29T24:01\"", code);
            expect_value_refused(shape, key, "\"48:01\"", code);
            break;
        default:
            continue;
        }
        expect_value_refused(shape, key, "\"xyzzy\"", code);
        expect_value_refused(shape, key, "\"\"", code);
    }
}

Test(shape, refuses_every_key_that_stands_twice_and_every_unknown_one) {
    const struct shape_list list = all_shapes();
    FOR_EACH_KEY(list, shape, key) {
        struct pnr_text text = {0};
        char where[64];
        pnr_text_printf(&text, "{\"%s\": ", key->name);
        sample_value(key, &text);
        pnr_text_printf(&text, ", \"%s\": ", key->name);
        sample_value(key, &text);
        pnr_text_append(&text, "}");
        snprintf(where, sizeof where, "/%s", key->name);
        expect_refused(shape, text.bytes, "duplicate-key", where);
        pnr_text_fini(&text);
    }
    for (int32_t i = 0; i < list.count; i++) {
        expect_refused(list.items[i], "{\"~xyzzy/\": 1}", "unknown-key", "/~0xyzzy~1");
        expect_refused(list.items[i], "[]", "wrong-type", "");
    }
}

/* ---- the same facts in the model */

static bool speaks_of(const struct pnr_shape *shape, size_t offset) {
    for (int32_t i = 0; i < shape->count; i++) {
        const struct pnr_key *key = &shape->keys[i];
        const bool is_in_group = key->form == PNR_FORM_GROUP && speaks_of(key->of, offset);
        if (is_in_group || (key->form != PNR_FORM_GROUP && key->offset == offset) ||
            (key->has != 0 && key->has == offset)) {
            return true;
        }
    }
    return false;
}

static void compare_key(const struct pnr_layout *layout, const struct pnr_key *key) {
    const struct pnr_field *field = NULL;
    for (int32_t i = 0; i < layout->field_count; i++) {
        field = layout->fields[i].offset == key->offset ? &layout->fields[i] : field;
    }
    cr_assert_not_null(field, "%s: %s", layout->name, key->name);
    if (key->form == PNR_FORM_NUMBER || key->form == PNR_FORM_LONG) {
        cr_expect_eq(key->high, field->high, "%s: %s", layout->name, key->name);
    }
    if (key->form == PNR_FORM_CHOICE && field->choices) {
        cr_expect_eq(key->words.count, field->high + 1, "%s: %s", layout->name, key->name);
        for (int32_t i = 0; i < key->words.count; i++) {
            const char *word = pnr_word_at(key->words, i);
            cr_expect(!word || strcmp(word, field->choices[i]) == 0, "%s: %s", layout->name, key->name);
        }
    }
    if (field->required) {
        cr_expect(key->required, "%s: %s", layout->name, key->name);
    }
}

Test(shape, agrees_with_the_tables_of_the_model) {
    const struct {
        const char *section;
        const struct pnr_layout *layout;
    } pairs[] = {
        {NULL, &pnr_settings_layout},
        {"units", &pnr_unit_layout},
        {"members", &pnr_member_layout},
        {"sites", &pnr_site_layout},
        {"walks", &pnr_walk_layout},
        {"slots", &pnr_slot_layout},
        {"stages", &pnr_stage_layout},
        {"posts", &pnr_post_layout},
        {"demand", &pnr_demand_layout},
        {"levels", &pnr_level_layout},
        {"rules", &pnr_rule_layout},
        {"requests", &pnr_request_layout},
        {"preferences", &pnr_preference_layout},
        {"history", &pnr_history_layout},
        {"assignments", &pnr_assignment_layout},
    };
    const struct pnr_document *document = &pnr_campaign_document;
    cr_assert_eq(document->section_count + 1, (int32_t)(sizeof pairs / sizeof *pairs));
    for (int32_t i = 0; i <= document->section_count; i++) {
        const struct pnr_shape *shape = i == 0 ? document->head : document->sections[i - 1].shape;
        const struct pnr_layout *layout = pairs[i].layout;
        cr_assert(i == 0 || strcmp(document->sections[i - 1].key, pairs[i].section) == 0);
        cr_assert_eq(shape->size, layout->size);
        for (int32_t k = 0; k < layout->field_count; k++) {
            cr_expect(speaks_of(shape, layout->fields[k].offset), "%s: %s has no key", layout->name,
                      layout->fields[k].name);
        }
        for (int32_t k = 0; k < shape->count; k++) {
            if (shape->keys[k].form != PNR_FORM_GROUP) {
                compare_key(layout, &shape->keys[k]);
            }
        }
    }
}

/* ---- forms with a meaning of their own */

static const struct pnr_shape *shape_named(const char *name) {
    const struct shape_list list = all_shapes();
    for (int32_t i = 0; i < list.count; i++) {
        if (strcmp(list.items[i]->name, name) == 0) {
            return list.items[i];
        }
    }
    cr_assert_fail("there is no shape %s", name);
    return NULL;
}

/* The minutes of a slot's end. */
static int32_t end_of(const char *from, const char *to) {
    struct pnr_arena arena = {0};
    struct cJSON *root;
    void *record;
    char text[100];
    snprintf(text, sizeof text, "{\"to\": \"%s\", \"id\": \"x\", \"from\": \"%s\"}", to, from);
    const enum pioneer_status status = read_text(shape_named("slot"), text, &record, &root, &arena);
    const int32_t to_min = status == PIONEER_OK ? ((struct pioneer_slot *)record)->to_min : -1;
    pnr_json_free(root);
    pnr_arena_fini(&arena);
    return to_min;
}

Test(shape, puts_an_end_that_is_not_later_on_the_next_day) {
    cr_expect_eq(end_of("08:00", "12:00"), 720);
    cr_expect_eq(end_of("22:00", "06:00"), 1800);
    cr_expect_eq(end_of("08:00", "08:00"), 1920);
    cr_expect_eq(end_of("00:00", "24:00"), 1440);
    cr_expect_eq(end_of("16:00", "00:00"), 1440);
    cr_expect_eq(end_of("08:00", "34:00"), 2040);
    cr_expect_eq(end_of("22:00", "30:00"), 1800);
    cr_expect_eq(end_of("00:00", "48:00"), 2880);
    cr_expect_eq(end_of("00:00", "48:01"), -1);
    cr_expect_eq(end_of("00:00", "4:00"), -1);
    cr_expect_eq(end_of("24:00", "25:00"), -1);
}

Test(shape, writes_every_end_so_that_it_is_read_back) {
    for (int32_t from = 0; from < 1440; from += 97) {
        for (int32_t to = from + 1; to <= 2880; to += 41) {
            const struct pioneer_slot slot = {
                .id = "x", .name = "x", .kind = "x", .from_min = from, .to_min = to};
            struct pnr_text out = {0};
            struct pnr_arena arena = {0};
            struct cJSON *root;
            void *record;
            pnr_shape_write(shape_named("slot"), &slot, 0, &out);
            cr_assert_eq(read_text(shape_named("slot"), out.bytes, &record, &root, &arena), PIONEER_OK);
            cr_assert_eq(((struct pioneer_slot *)record)->to_min, to, "%s", out.bytes);
            pnr_text_fini(&out);
            pnr_json_free(root);
            pnr_arena_fini(&arena);
        }
    }
}

Test(shape, takes_a_request_for_one_date_or_for_a_span) {
    const struct pnr_shape *shape = shape_named("request");
    expect_identity(shape, "{\"member\": \"m\", \"wish\": \"off\", \"date\": \"2020-02-20\"}");
    expect_identity(
        shape, "{\"member\": \"m\", \"wish\": \"on\", \"from\": \"2020-02-20\", \"to\": \"2020-02-21\"}");
    expect_refused(shape, "{\"member\": \"m\", \"wish\": \"on\"}", "missing-key", "");
    expect_refused(shape, "{\"member\": \"m\", \"wish\": \"on\", \"from\": \"2020-02-20\"}", "missing-key",
                   "/to");
    expect_refused(shape, "{\"member\": \"m\", \"wish\": \"on\", \"to\": \"2020-02-20\"}", "missing-key",
                   "/from");
    expect_refused(shape,
                   "{\"member\": \"m\", \"wish\": \"on\", \"date\": \"2020-02-20\", \"to\": \"2020-02-20\"}",
                   "conflicting-keys", "");
}

Test(shape, keeps_apart_what_is_empty_and_what_is_not_given) {
    expect_identity(shape_named("member"),
                    "{\"id\": \"m\", \"unit\": \"u\", \"available\": {\"weekly\": []}}");
    expect_identity(shape_named("member"), "{\"id\": \"m\", \"unit\": \"u\"}");
    expect_identity(shape_named("rule"), "{\"kind\": \"duties\", \"min\": 0, \"max\": 0}");
    expect_identity(shape_named("post"), "{\"id\": \"p\", \"unit\": \"u\", \"lead\": \"\"}");
    expect_refused(shape_named("demand"), "{\"weekdays\": []}", "empty-list", "/weekdays");
}

Test(shape, guesses_what_a_misspelt_key_or_word_meant) {
    expect_refused(shape_named("member"), "{\"naem\": \"x\"}", "unknown-key", "/naem");
    cr_expect_not_null(strstr(error.message, "did you mean \"name\"?"), "%s", error.message);
    expect_refused(shape_named("post"), "{\"eligable\": \"x\"}", "unknown-key", "/eligable");
    cr_expect_not_null(strstr(error.message, "did you mean \"eligible\"?"), "%s", error.message);
    expect_refused(shape_named("member"), "{\"status\": \"paryt\"}", "unknown-word", "/status");
    cr_expect_not_null(strstr(error.message, "did you mean \"party\"?"), "%s", error.message);
    expect_refused(shape_named("rule"), "{\"kind\": \"work_rum\"}", "unknown-word", "/kind");
    cr_expect_not_null(strstr(error.message, "did you mean \"work_run\"?"), "%s", error.message);
    expect_refused(shape_named("member"), "{\"role\": \"qqqqqqq\"}", "unknown-word", "/role");
    cr_expect_str_eq(error.message, "This must be one of: other, office, teacher, student.");
    expect_refused(shape_named("demand"), "{\"weekdays\": [\"mon\", \"thr\"]}", "unknown-word",
                   "/weekdays/1");
}

Test(shape, reads_ratings_by_name_and_refuses_one_that_stands_twice) {
    const struct pnr_shape *shape = shape_named("member");
    expect_refused(shape, "{\"ratings\": {\"a\": 1, \"b\": 2, \"a\": 1}}", "duplicate-key", "/ratings/a");
    expect_refused(shape, "{\"ratings\": {\"a\": 101}}", "number-out-of-range", "/ratings/a");
    expect_refused(shape, "{\"ratings\": {\"a\": \"1\"}}", "wrong-type", "/ratings/a");
}
