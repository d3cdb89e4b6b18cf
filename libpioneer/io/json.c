/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON values: the only door to cJSON, with typed readers that say what is wrong and where. */
#include "io/json.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/json_scan.h"
#include "text/message.h"

enum pioneer_status pnr_json_parse(const char *text, size_t length, struct cJSON **root,
                                   struct pioneer_error *error) {
    *root = NULL;
    const enum pioneer_status status = pnr_json_scan(text, length, error);
    if (status != PIONEER_OK) {
        return status;
    }
    /* The scan takes a subset of what cJSON takes, so that only memory can be missing now. */
    *root = cJSON_ParseWithLength(text, length);
    return *root ? PIONEER_OK : pnr_fail_no_memory(error);
}

void pnr_json_free(struct cJSON *root) {
    cJSON_Delete(root);
}

enum pnr_json_kind pnr_json_kind(const struct cJSON *value) {
    switch (value->type & 0xFF) {
    case cJSON_False:
    case cJSON_True:
        return PNR_JSON_FLAG;
    case cJSON_Number:
        return PNR_JSON_NUMBER;
    case cJSON_String:
        return PNR_JSON_TEXT;
    case cJSON_Array:
        return PNR_JSON_ARRAY;
    case cJSON_Object:
        return PNR_JSON_OBJECT;
    default:
        return PNR_JSON_NULL;
    }
}

const struct cJSON *pnr_json_first(const struct cJSON *value) {
    return value->child;
}

const struct cJSON *pnr_json_next(const struct cJSON *value) {
    return value->next;
}

int32_t pnr_json_count(const struct cJSON *value) {
    return (int32_t)cJSON_GetArraySize(value);
}

const char *pnr_json_key(const struct cJSON *value) {
    return value->string;
}

/* ---- places */

void pnr_place_format(const struct pnr_place *place, char *out, size_t size) {
    out[0] = '\0';
    if (!place) {
        return;
    }
    pnr_place_format(place->parent, out, size);
    char index[16];
    snprintf(index, sizeof index, "%" PRId32, place->index);
    const char *key = place->key ? place->key : index;
    pnr_pointer_append(out, size, key, strlen(key));
}

const char *pnr_excerpt(const char *text, char out[PNR_EXCERPT_BYTES]) {
    const char *const dots = "…";
    size_t length = strnlen(text, PNR_EXCERPT_BYTES);
    const bool is_cut = length == PNR_EXCERPT_BYTES;
    length = is_cut ? PNR_EXCERPT_BYTES - 1 - strlen(dots) : length;
    while (is_cut && !pnr_utf8_valid(text, length)) {
        length--;
    }
    for (size_t i = 0; i < length; i++) {
        const unsigned char byte = (unsigned char)text[i];
        out[i] = byte < 0x20 || byte == 0x7F ? '?' : text[i];
    }
    snprintf(out + length, PNR_EXCERPT_BYTES - length, "%s", is_cut ? dots : "");
    return out;
}

enum pioneer_status pnr_place_fail(const struct pnr_place *place, struct pioneer_error *error,
                                   const char *code, const char *format, ...) {
    if (!error) {
        return PIONEER_E_INVALID;
    }
    char where[sizeof error->where];
    /* One byte more than fits, so that pnr_fail makes the cut, at a UTF-8 border. */
    char message[sizeof error->message + 1];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    pnr_place_format(place, where, sizeof where);
    return pnr_fail(error, PIONEER_E_INVALID, code, where, "%s", message);
}

/* ---- typed readers */

static const char *kind_name(enum pnr_json_kind kind) {
    switch (kind) {
    case PNR_JSON_FLAG:
        return PNR_("true or false");
    case PNR_JSON_NUMBER:
        return PNR_("a number");
    case PNR_JSON_TEXT:
        return PNR_("a text");
    case PNR_JSON_ARRAY:
        return PNR_("a list");
    case PNR_JSON_OBJECT:
        return PNR_("an object");
    case PNR_JSON_NULL:
        break;
    }
    return PNR_("null");
}

enum pioneer_status pnr_json_expect(const struct cJSON *value, enum pnr_json_kind kind,
                                    const struct pnr_place *place, struct pioneer_error *error) {
    const enum pnr_json_kind given = pnr_json_kind(value);
    return given == kind ? PIONEER_OK
                         : pnr_place_fail(place, error, "wrong-type", "This must be %s, not %s.",
                                          kind_name(kind), kind_name(given));
}

enum pioneer_status pnr_json_text(const struct cJSON *value, const struct pnr_place *place, const char **out,
                                  struct pioneer_error *error) {
    const enum pioneer_status status = pnr_json_expect(value, PNR_JSON_TEXT, place, error);
    if (status == PIONEER_OK) {
        *out = value->valuestring;
    }
    return status;
}

enum pioneer_status pnr_json_flag(const struct cJSON *value, const struct pnr_place *place, bool *out,
                                  struct pioneer_error *error) {
    const enum pioneer_status status = pnr_json_expect(value, PNR_JSON_FLAG, place, error);
    if (status == PIONEER_OK) {
        *out = (value->type & 0xFF) == cJSON_True;
    }
    return status;
}

static enum pioneer_status fail_range(const struct pnr_place *place, struct pnr_json_range range,
                                      double number, struct pioneer_error *error) {
    if (number < 0 && range.low >= 0) {
        return pnr_place_fail(place, error, "negative-number", "This number must not be negative.");
    }
    if (number > (double)PNR_JSON_EXACT_MAX && range.high == PNR_JSON_EXACT_MAX) {
        return pnr_place_fail(place, error, "number-too-large",
                              "Write so large a number as a text, \"12345678901234567\".");
    }
    if (number > (double)range.high && range.high >= 1000000) {
        return pnr_place_fail(place, error, "number-too-large", "This number is larger than %lld.",
                              (long long)range.high);
    }
    return pnr_place_fail(place, error, "number-out-of-range", "This number must lie between %lld and %lld.",
                          (long long)range.low, (long long)range.high);
}

/* Whether the text is a number as our writer writes it: a minus, digits, no zeros in front. */
static bool is_plain_number(const char *text) {
    const char *digits = text + (*text == '-');
    const size_t count = strspn(digits, "0123456789");
    return count > 0 && digits[count] == '\0' && (count == 1 || *digits != '0') && strcmp(text, "-0") != 0;
}

static enum pioneer_status number_of_text(const char *text, const struct pnr_place *place,
                                          struct pnr_json_range range, int64_t *out,
                                          struct pioneer_error *error) {
    if (!is_plain_number(text)) {
        return pnr_place_fail(place, error, "wrong-type", "This must be a number or a text of digits.");
    }
    errno = 0;
    const long long number = strtoll(text, NULL, 10);
    if (errno == ERANGE || number < range.low || number > range.high) {
        return pnr_place_fail(place, error, "number-out-of-range",
                              "This number must lie between %lld and %lld.", (long long)range.low,
                              (long long)range.high);
    }
    *out = number;
    return PIONEER_OK;
}

/* Numbers that a double may have rounded are refused. */
static struct pnr_json_range exact_range(struct pnr_json_range range) {
    range.low = range.low < -PNR_JSON_EXACT_MAX ? -PNR_JSON_EXACT_MAX : range.low;
    range.high = range.high > PNR_JSON_EXACT_MAX ? PNR_JSON_EXACT_MAX : range.high;
    return range;
}

enum pioneer_status pnr_json_number(const struct cJSON *value, const struct pnr_place *place,
                                    struct pnr_json_range range, int64_t *out, struct pioneer_error *error) {
    if (pnr_json_kind(value) == PNR_JSON_TEXT && range.high > PNR_JSON_EXACT_MAX) {
        return number_of_text(value->valuestring, place, range, out, error);
    }
    const enum pioneer_status status = pnr_json_expect(value, PNR_JSON_NUMBER, place, error);
    if (status != PIONEER_OK) {
        return status;
    }
    const struct pnr_json_range exact = exact_range(range);
    if (!(value->valuedouble >= (double)exact.low && value->valuedouble <= (double)exact.high)) {
        return fail_range(place, exact, value->valuedouble, error);
    }
    *out = (int64_t)value->valuedouble;
    return PIONEER_OK;
}

enum pioneer_status pnr_json_seed(const struct cJSON *value, const struct pnr_place *place, uint64_t *out,
                                  struct pioneer_error *error) {
    if (pnr_json_kind(value) != PNR_JSON_TEXT) {
        int64_t number;
        const enum pioneer_status status =
            pnr_json_number(value, place, (struct pnr_json_range){0, PNR_JSON_EXACT_MAX}, &number, error);
        if (status == PIONEER_OK) {
            *out = (uint64_t)number;
        }
        return status;
    }
    errno = 0;
    const unsigned long long number = strtoull(value->valuestring, NULL, 10);
    if (!is_plain_number(value->valuestring) || value->valuestring[0] == '-' || errno == ERANGE) {
        return pnr_place_fail(place, error, "wrong-type", "A seed is a number of at most 64 bits.");
    }
    *out = number;
    return PIONEER_OK;
}
