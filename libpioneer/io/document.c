/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files: a head, some keys of their own, and lists of descriptions. */
#include "io/document.h"

#include <string.h>

#include "io/json_scan.h"

/* "format" and "version" stand before the keys of the head. */
#define OWN_KEYS     2
#define KEYS_MAX     (OWN_KEYS + PNR_SHAPE_KEYS_MAX)
#define SECTIONS_MAX 32

/* The members of the file's object, found in one pass whatever their order. */
struct members {
    const struct cJSON *format, *version;
    const struct cJSON *head[PNR_SHAPE_KEYS_MAX];
    const struct cJSON *sections[SECTIONS_MAX];
};

static int32_t list_names(const struct pnr_document *document, const char *names[KEYS_MAX + SECTIONS_MAX]) {
    int32_t count = 0;
    names[count++] = "format";
    names[count++] = "version";
    for (int32_t i = 0; i < document->head->count; i++) {
        names[count++] = document->head->keys[i].name;
    }
    for (int32_t i = 0; i < document->section_count; i++) {
        names[count++] = document->sections[i].key;
    }
    return count;
}

/* Where the value of names[index] is kept. */
static const struct cJSON **member_at(const struct pnr_document *document, struct members *members,
                                      int32_t index) {
    if (index < OWN_KEYS) {
        return index == 0 ? &members->format : &members->version;
    }
    index -= OWN_KEYS;
    return index < document->head->count ? &members->head[index]
                                         : &members->sections[index - document->head->count];
}

static int32_t find_name(const char *name, const char *const *names, int32_t count) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

static enum pioneer_status fail_missing(const char *key, struct pioneer_error *error) {
    const struct pnr_place place = {.key = key};
    return pnr_place_fail(&place, error, "missing-key", "The key \"%s\" is missing.", key);
}

/* Whether this is a file of the right kind and of a version that is known. */
static enum pioneer_status check_version(const struct pnr_document *document, const struct members *members,
                                         struct pioneer_error *error) {
    if (!members->format || !members->version) {
        return fail_missing(members->format ? "version" : "format", error);
    }
    const char *format;
    int64_t version;
    const struct pnr_place of_format = {.key = "format"}, of_version = {.key = "version"};
    enum pioneer_status status = pnr_json_text(members->format, &of_format, &format, error);
    if (status == PIONEER_OK && strcmp(format, document->format) != 0) {
        status = pnr_place_fail(&of_format, error, "wrong-format",
                                "This is a file of the format \"%s\", not \"%s\".", PNR_EXCERPT(format),
                                document->format);
    }
    if (status == PIONEER_OK) {
        status = pnr_json_number(members->version, &of_version, (struct pnr_json_range){1, INT32_MAX},
                                 &version, error);
    }
    if (status == PIONEER_OK && version > document->version) {
        return pnr_fail(error, PIONEER_E_UNSUPPORTED, "unsupported-version", "/version",
                        "The file has version %d, this library knows up to %d.", (int)version,
                        (int)document->version);
    }
    return status;
}

/* A file of another kind or of a later version has keys of its own: that it is one is said first. */
static enum pioneer_status find_members(const struct pnr_document *document, const struct cJSON *root,
                                        struct members *members, struct pioneer_error *error) {
    const char *names[KEYS_MAX + SECTIONS_MAX];
    const int32_t count = list_names(document, names);
    const char *unknown = NULL;
    for (const struct cJSON *item = pnr_json_first(root); item; item = pnr_json_next(item)) {
        const struct pnr_place place = {.key = pnr_json_key(item)};
        const int32_t index = find_name(place.key, names, count);
        if (index < 0) {
            unknown = unknown ? unknown : place.key;
            continue;
        }
        const struct cJSON **const member = member_at(document, members, index);
        if (*member) {
            return pnr_place_fail(&place, error, "duplicate-key", "The key \"%s\" stands here twice.",
                                  place.key);
        }
        *member = item;
    }
    if (!unknown) {
        return PIONEER_OK;
    }
    const struct pnr_place at = {.key = unknown};
    const enum pioneer_status status =
        members->format && members->version ? check_version(document, members, error) : PIONEER_OK;
    return status != PIONEER_OK ? status : pnr_shape_fail_unknown(unknown, names, count, &at, error);
}

static enum pioneer_status read_head(const struct pnr_document *document, const struct members *members,
                                     void *object, struct pnr_arena *arena, struct pioneer_error *error) {
    const struct pnr_shape *const shape = document->head;
    void *head = pnr_arena_alloc(arena, 1, shape->size);
    if (!head) {
        return pnr_fail_no_memory(error);
    }
    for (int32_t i = 0; i < shape->count; i++) {
        const struct pnr_place place = {.key = shape->keys[i].name};
        if (!members->head[i] && shape->keys[i].required) {
            return fail_missing(shape->keys[i].name, error);
        }
        const enum pioneer_status status =
            members->head[i]
                ? pnr_shape_read_key(&shape->keys[i], members->head[i], &place, head, arena, error)
                : PIONEER_OK;
        if (status != PIONEER_OK) {
            return status;
        }
    }
    return document->set(object, head, error);
}

/* Some objects name the culprit from the root, some from the description that they were given. */
static void root_pointer(const struct pnr_place *place, struct pioneer_error *error) {
    if (!error || error->status == PIONEER_E_NO_MEMORY) {
        return;
    }
    char where[sizeof error->where];
    pnr_place_format(place, where, sizeof where);
    const size_t length = strlen(where);
    if (strncmp(error->where, where, length) == 0) {
        return;
    }
    const size_t left = sizeof where - 1 - length;
    const size_t more = strlen(error->where);
    memcpy(where + length, error->where, more < left ? more + 1 : left);
    where[sizeof where - 1] = '\0';
    memcpy(error->where, where, sizeof where);
}

static enum pioneer_status read_section(const struct pnr_section *section, const struct cJSON *list,
                                        void *object, struct pnr_arena *arena, struct pioneer_error *error) {
    const struct pnr_place place = {.key = section->key};
    enum pioneer_status status = pnr_json_expect(list, PNR_JSON_ARRAY, &place, error);
    const struct cJSON *item = status == PIONEER_OK ? pnr_json_first(list) : NULL;
    for (int32_t index = 0; item; item = pnr_json_next(item), index++) {
        const struct pnr_place at = {.parent = &place, .index = index};
        pnr_arena_reset(arena);
        void *record = pnr_arena_alloc(arena, 1, section->shape->size);
        if (!record) {
            return pnr_fail_no_memory(error);
        }
        status = pnr_shape_read(section->shape, item, &at, record, arena, error);
        if (status != PIONEER_OK) {
            return status;
        }
        status = section->add(object, record, error);
        if (status != PIONEER_OK) {
            root_pointer(&at, error);
            return status;
        }
    }
    return status;
}

static enum pioneer_status read_root(const struct pnr_document *document, const struct cJSON *root,
                                     void *object, struct pnr_arena *arena, struct pioneer_error *error) {
    struct members members = {0};
    enum pioneer_status status = pnr_json_expect(root, PNR_JSON_OBJECT, NULL, error);
    if (status == PIONEER_OK) {
        status = find_members(document, root, &members, error);
    }
    if (status == PIONEER_OK) {
        status = check_version(document, &members, error);
    }
    if (status == PIONEER_OK) {
        status = read_head(document, &members, object, arena, error);
    }
    for (int32_t i = 0; i < document->section_count && status == PIONEER_OK; i++) {
        if (members.sections[i]) {
            status = read_section(&document->sections[i], members.sections[i], object, arena, error);
        }
    }
    return status;
}

enum pioneer_status pnr_document_read(const struct pnr_document *document, const char *text, size_t length,
                                      void *object, struct pioneer_error *error) {
    struct cJSON *root;
    enum pioneer_status status = pnr_json_parse(text, length, &root, error);
    if (status != PIONEER_OK) {
        return status;
    }
    struct pnr_arena arena;
    pnr_arena_init(&arena);
    status = read_root(document, root, object, &arena, error);
    pnr_arena_fini(&arena);
    pnr_json_free(root);
    if (status != PIONEER_OK && status != PIONEER_E_NO_MEMORY) {
        pnr_json_locate(text, length, error);
    }
    return status;
}

/* ---- writing */

static void write_key(const char *key, struct pnr_text *out) {
    pnr_text_append(out, ",\n  ");
    pnr_shape_write_text(key, out);
    pnr_text_append(out, ": ");
}

static void write_head(const struct pnr_document *document, const void *object, struct pnr_text *out) {
    const void *head = document->get(object);
    for (int32_t i = 0; i < document->head->count; i++) {
        const struct pnr_key *const key = &document->head->keys[i];
        if (key->required || !pnr_shape_is_plain(key, head)) {
            write_key(key->name, out);
            pnr_shape_write_value(key, head, 2, out);
        }
    }
}

static void write_section(const struct pnr_section *section, const void *object, struct pnr_text *out) {
    const int32_t count = section->count(object);
    if (count == 0) {
        return;
    }
    write_key(section->key, out);
    pnr_text_append(out, "[");
    for (int32_t i = 0; i < count; i++) {
        pnr_text_append(out, i > 0 ? ",\n    " : "\n    ");
        pnr_shape_write(section->shape, section->at(object, i), 4, out);
    }
    pnr_text_append(out, "\n  ]");
}

enum pioneer_status pnr_document_write(const struct pnr_document *document, const void *object, char **out,
                                       size_t *length, struct pioneer_error *error) {
    struct pnr_text text;
    pnr_text_init(&text);
    pnr_text_printf(&text, "{\n  \"format\": \"%s\",\n  \"version\": %d", document->format,
                    (int)document->version);
    write_head(document, object, &text);
    for (int32_t i = 0; i < document->section_count; i++) {
        write_section(&document->sections[i], object, &text);
    }
    pnr_text_append(&text, "\n}\n");
    const size_t bytes = text.length;
    *out = pnr_text_steal(&text);
    *length = *out ? bytes : 0;
    return *out ? PIONEER_OK : pnr_fail_no_memory(error);
}
