/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checking and copying descriptions by the tables of their fields. */
#include "model/layout.h"

#include <stdio.h>
#include <string.h>

#include "base/calendar.h"
#include "base/status.h"
#include "base/text.h"

_Static_assert(sizeof(enum pioneer_rule_kind) == sizeof(int32_t), "choices are read as int32_t");

const struct pnr_field *pnr_layout_field(const struct pnr_layout *layout, const char *name) {
    for (int32_t i = 0; i < layout->field_count; i++) {
        if (strcmp(layout->fields[i].name, name) == 0) {
            return &layout->fields[i];
        }
    }
    return NULL;
}

/* Files have shorter names than structs for some members, and put windows into an object of their own. */
static const char *file_name_of(const struct pnr_path *path) {
    static const struct {
        const char *member, *in_file;
    } names[] = {
        {"from_min", "from"},
        {"to_min", "to"},
        {"from_day", "from"},
        {"to_day", "to"},
        {"from_at", "from"},
        {"to_at", "to"},
        {"day", "date"},
        {"except_days", "except"},
        {"off", "wish"},
        {"now_at", "now"},
        {"night_from_min", "night/from"},
        {"night_to_min", "night/to"},
        {"weekly", "available/weekly"},
        {"dated", "available/dated"},
        {"absences", "available/absences"},
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i].member, path->name) == 0) {
            return names[i].in_file;
        }
    }
    const char *list = path->parent != NULL ? path->parent->name : NULL;
    const bool is_dates = list != NULL && strcmp(list, "demand") == 0 && strcmp(path->name, "days") == 0;
    return is_dates ? "dates" : path->name;
}

void pnr_path_format(const struct pnr_path *path, char *out, size_t size) {
    out[0] = '\0';
    if (path == NULL) {
        return;
    }
    pnr_path_format(path->parent, out, size);
    size_t used = strlen(out);
    if (path->name != NULL) {
        snprintf(out + used, size - used, "/%s", file_name_of(path));
        used = strlen(out);
    }
    if (path->index >= 0) {
        snprintf(out + used, size - used, "/%d", (int)path->index);
    }
}

enum pioneer_status pnr_path_fail(const struct pnr_path *path, const char *field, const char *code,
                                  const char *sentence, struct pioneer_error *error) {
    char where[sizeof error->where];
    struct pnr_path last = {path, field, -1};
    pnr_path_format(&last, where, sizeof where);
    return pnr_fail(error, PIONEER_E_INVALID, code, where, "%s", sentence);
}

/* Pointers and numbers are read and written bytewise: the tables know offsets, not types. */
static const void *pointer_at(const void *description, size_t offset) {
    const void *pointer;
    memcpy(&pointer, (const char *)description + offset, sizeof pointer);
    return pointer;
}

static void set_pointer(void *description, size_t offset, const void *pointer) {
    memcpy((char *)description + offset, &pointer, sizeof pointer);
}

static int32_t number_at(const void *description, size_t offset) {
    int32_t number;
    memcpy(&number, (const char *)description + offset, sizeof number);
    return number;
}

static int64_t long_at(const void *description, size_t offset) {
    int64_t number;
    memcpy(&number, (const char *)description + offset, sizeof number);
    return number;
}

enum pioneer_status pnr_layout_read(const struct pnr_layout *layout, const void *description, void *out,
                                    struct pioneer_error *error) {
    size_t size = layout->size;
    if (description != NULL) {
        size_t given;
        memcpy(&given, description, sizeof given);
        size = given == 0 ? size : given;
    }
    if (description == NULL || size < sizeof size || size > layout->size) {
        return pnr_fail(
            error, PIONEER_E_RANGE, "bad-struct-size", NULL,
            "The description of a %s is NULL or has a struct_size that this version does not know.",
            layout->name);
    }
    memset(out, 0, layout->size);
    memcpy(out, description, size);
    memcpy(out, &layout->size, sizeof layout->size);
    return PIONEER_OK;
}

/* ---- checks */

/* C0, DEL, and C1 (U+0080..U+009F, written C2 80..9F). */
static bool has_control_character(const char *text) {
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if (*at < 0x20 || *at == 0x7F || (*at == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F)) {
            return true;
        }
    }
    return false;
}

static enum pioneer_status check_id(const char *id, const struct pnr_path *path, const char *field,
                                    struct pioneer_error *error) {
    size_t length = strnlen(id, PNR_ID_BYTES + 1);
    if (length == 0 || length > PNR_ID_BYTES) {
        return pnr_path_fail(path, field, "bad-id", "An id has 1 to 64 bytes.", error);
    }
    if (!pnr_utf8_valid(id, length)) {
        return pnr_path_fail(path, field, "bad-utf8", "This text is not UTF-8.", error);
    }
    if (strpbrk(id, "/\"") != NULL || has_control_character(id)) {
        return pnr_path_fail(path, field, "bad-id",
                             "An id contains no control characters, no / and no quotation mark.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_name(const char *name, const struct pnr_path *path, const char *field,
                                      struct pioneer_error *error) {
    size_t length = strnlen(name, PNR_NAME_BYTES + 1);
    if (length > PNR_NAME_BYTES) {
        return pnr_path_fail(path, field, "bad-name", "A name has at most 255 bytes.", error);
    }
    if (!pnr_utf8_valid(name, length)) {
        return pnr_path_fail(path, field, "bad-utf8", "This text is not UTF-8.", error);
    }
    if (has_control_character(name)) {
        return pnr_path_fail(path, field, "bad-name", "A name contains no control characters.", error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_expression(const char *text, const struct pnr_path *path, const char *field,
                                            struct pioneer_error *error) {
    size_t length = strnlen(text, PNR_EXPRESSION_BYTES + 1);
    if (length > PNR_EXPRESSION_BYTES) {
        return pnr_path_fail(path, field, "bad-expression", "An expression has at most 65536 bytes.", error);
    }
    if (!pnr_utf8_valid(text, length)) {
        return pnr_path_fail(path, field, "bad-utf8", "This text is not UTF-8.", error);
    }
    for (const char *at = text; *at != '\0'; at++) {
        if (has_control_character((const char[]){*at, '\0'}) && strchr("\t\r\n", *at) == NULL) {
            return pnr_path_fail(path, field, "bad-expression",
                                 "An expression contains no control characters but tabs and line ends.",
                                 error);
        }
    }
    return PIONEER_OK;
}

static enum pioneer_status check_text(const struct pnr_field *field, const char *text,
                                      const struct pnr_path *path, struct pioneer_error *error) {
    if (text == NULL) {
        return field->required
                   ? pnr_path_fail(path, field->name, "missing-field", "This field is required.", error)
                   : PIONEER_OK;
    }
    if (field->type == PNR_FIELD_ID) {
        return check_id(text, path, field->name, error);
    }
    if (field->type == PNR_FIELD_WORD) {
        return text[0] == '\0' ? PIONEER_OK : check_id(text, path, field->name, error);
    }
    if (field->type == PNR_FIELD_NAME) {
        return check_name(text, path, field->name, error);
    }
    return check_expression(text, path, field->name, error);
}

static enum pioneer_status check_range(int64_t number, int64_t low, int64_t high, const struct pnr_path *path,
                                       const char *field, struct pioneer_error *error) {
    if (number < 0 && low >= 0) {
        return pnr_path_fail(path, field, "negative-number", "This number must not be negative.", error);
    }
    if (number > PIONEER_MAX_NUMBER) {
        return pnr_path_fail(path, field, "number-too-large", "This number is larger than 1000000000.",
                             error);
    }
    if (number < low || number > high) {
        char sentence[96];
        snprintf(sentence, sizeof sentence, "This number must lie between %lld and %lld.", (long long)low,
                 (long long)high);
        return pnr_path_fail(path, field, "number-out-of-range", sentence, error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_day(int32_t day, const struct pnr_path *path, const char *field,
                                     struct pioneer_error *error) {
    if (day < PNR_DAY_FIRST || day > PNR_DAY_LAST) {
        return pnr_path_fail(path, field, "bad-date", "A date lies between 1970-01-01 and 2999-12-31.",
                             error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_time(const struct pnr_field *field, int32_t value,
                                      const struct pnr_path *path, struct pioneer_error *error) {
    int32_t last = field->type == PNR_FIELD_TIME ? PNR_TIME_LAST : (PNR_DAY_LAST + 1) * PNR_DAY_MINUTES;
    if (value < 0 || value > last) {
        return pnr_path_fail(path, field->name, "bad-time",
                             field->type == PNR_FIELD_TIME
                                 ? "A time of day lies between 0 and 2880 minutes."
                                 : "A moment lies between 1970-01-01 and 2999-12-31.",
                             error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_choice(const struct pnr_field *field, int32_t value,
                                        const struct pnr_path *path, struct pioneer_error *error) {
    if (value < field->low || value > field->high) {
        return pnr_path_fail(path, field->name, "unknown-value", "This is none of the possible values.",
                             error);
    }
    return PIONEER_OK;
}

static enum pioneer_status check_item(const struct pnr_field *field, const void *items, int32_t index,
                                      const struct pnr_path *path, struct pioneer_error *error) {
    struct pnr_path at = {path, field->name, index};
    if (field->type == PNR_FIELD_IDS) {
        const char *id = pointer_at(items, (size_t)index * sizeof(const char *));
        return id == NULL ? pnr_path_fail(&at, NULL, "missing-field", "This text is missing.", error)
                          : check_id(id, &at, NULL, error);
    }
    if (field->type == PNR_FIELD_DAYS) {
        return check_day(((const int32_t *)items)[index], &at, NULL, error);
    }
    return pnr_layout_check(field->of, (const char *)items + (size_t)index * field->of->size, &at, error);
}

static enum pioneer_status check_list(const struct pnr_field *field, const void *description,
                                      const struct pnr_path *path, struct pioneer_error *error) {
    const void *items = pointer_at(description, field->offset);
    int32_t count = number_at(description, field->count_offset);
    if (count < 0 || (count > 0 && items == NULL)) {
        return pnr_path_fail(path, field->name, "bad-count", "This list has no items for its count.", error);
    }
    if (count == 0 && field->required) {
        return pnr_path_fail(path, field->name, "missing-field", "This list must not be empty.", error);
    }
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < count && status == PIONEER_OK; i++) {
        status = check_item(field, items, i, path, error);
    }
    return status;
}

static enum pioneer_status check_field(const struct pnr_field *field, const void *description,
                                       const struct pnr_path *path, struct pioneer_error *error) {
    switch (field->type) {
    case PNR_FIELD_ID:
    case PNR_FIELD_WORD:
    case PNR_FIELD_NAME:
    case PNR_FIELD_EXPRESSION:
        return check_text(field, pointer_at(description, field->offset), path, error);
    case PNR_FIELD_NUMBER:
        return check_range(number_at(description, field->offset), field->low, field->high, path, field->name,
                           error);
    case PNR_FIELD_LONG:
        return check_range(long_at(description, field->offset), field->low, field->high, path, field->name,
                           error);
    case PNR_FIELD_TIME:
    case PNR_FIELD_MOMENT:
        return check_time(field, number_at(description, field->offset), path, error);
    case PNR_FIELD_DAY:
        return check_day(number_at(description, field->offset), path, field->name, error);
    case PNR_FIELD_BOOL:
        return PIONEER_OK;
    case PNR_FIELD_CHOICE:
        return check_choice(field, number_at(description, field->offset), path, error);
    case PNR_FIELD_IDS:
    case PNR_FIELD_DAYS:
    case PNR_FIELD_RECORDS:
        return check_list(field, description, path, error);
    }
    return PIONEER_OK;
}

enum pioneer_status pnr_layout_check(const struct pnr_layout *layout, const void *description,
                                     const struct pnr_path *path, struct pioneer_error *error) {
    enum pioneer_status status = PIONEER_OK;
    for (int32_t i = 0; i < layout->field_count && status == PIONEER_OK; i++) {
        status = check_field(&layout->fields[i], description, path, error);
    }
    if (status == PIONEER_OK && layout->check != NULL) {
        status = layout->check(description, path, error);
    }
    return status;
}

/* ---- copies */

static bool own_text(const struct pnr_field *field, struct pnr_arena *arena, void *description) {
    const char *text = pointer_at(description, field->offset);
    char *copy = pnr_arena_strdup(arena, text);
    set_pointer(description, field->offset, copy);
    return copy != NULL || text == NULL;
}

static bool own_ids(struct pnr_arena *arena, const char **ids, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        ids[i] = pnr_arena_strdup(arena, ids[i]);
        if (ids[i] == NULL) {
            return false;
        }
    }
    return true;
}

static size_t item_size(const struct pnr_field *field) {
    if (field->type == PNR_FIELD_RECORDS) {
        return field->of->size;
    }
    return field->type == PNR_FIELD_IDS ? sizeof(const char *) : sizeof(int32_t);
}

static bool own_list(const struct pnr_field *field, struct pnr_arena *arena, void *description) {
    int32_t count = number_at(description, field->count_offset);
    if (count == 0) {
        set_pointer(description, field->offset, NULL);
        return true;
    }
    void *items =
        pnr_arena_memdup(arena, pointer_at(description, field->offset), (size_t)count, item_size(field));
    set_pointer(description, field->offset, items);
    if (items == NULL || field->type == PNR_FIELD_DAYS) {
        return items != NULL;
    }
    if (field->type == PNR_FIELD_IDS) {
        return own_ids(arena, items, count);
    }
    bool ok = true;
    for (int32_t i = 0; i < count && ok; i++) {
        ok = pnr_layout_own(field->of, arena, (char *)items + (size_t)i * field->of->size);
    }
    return ok;
}

static bool own_field(const struct pnr_field *field, struct pnr_arena *arena, void *description) {
    if (field->type <= PNR_FIELD_EXPRESSION) {
        return own_text(field, arena, description);
    }
    return field->type < PNR_FIELD_IDS || own_list(field, arena, description);
}

static bool is_unset(const void *description, const struct pnr_field *field) {
    const char *text = pointer_at(description, field->offset);
    return text == NULL || text[0] == '\0';
}

static void fill_text(const struct pnr_layout *layout, void *description) {
    const struct pnr_field *id = pnr_layout_field(layout, "id");
    for (int32_t i = 0; i < layout->field_count; i++) {
        const struct pnr_field *field = &layout->fields[i];
        if (field->type == PNR_FIELD_WORD && is_unset(description, field)) {
            set_pointer(description, field->offset, "");
        } else if (field->type == PNR_FIELD_NAME && id != NULL && is_unset(description, field)) {
            set_pointer(description, field->offset, pointer_at(description, id->offset));
        }
    }
    if (layout->fill != NULL) {
        layout->fill(description);
    }
}

bool pnr_layout_own(const struct pnr_layout *layout, struct pnr_arena *arena, void *description) {
    bool ok = true;
    for (int32_t i = 0; i < layout->field_count && ok; i++) {
        ok = own_field(&layout->fields[i], arena, description);
    }
    if (ok) {
        fill_text(layout, description);
    }
    return ok;
}
