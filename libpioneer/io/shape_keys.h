/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short words for the tables of keys: each names the struct S, its member, and what the form needs. */
#ifndef PNR_IO_SHAPE_KEYS_H
#define PNR_IO_SHAPE_KEYS_H

#include "io/shape.h"

/* clang-format off */
#define AT(S, member)               .offset = offsetof(S, member)
#define REQUIRED                    .required = true
#define KEY_TEXT(n, S, member, ...) \
    {.name = n, .form = PNR_FORM_TEXT, AT(S, member), __VA_ARGS__}
#define KEY_NUMBER(n, S, member, l, h, ...) \
    {.name = n, .form = PNR_FORM_NUMBER, AT(S, member), .low = l, .high = h, __VA_ARGS__}
#define KEY_LONG(n, S, member, l, h, ...) \
    {.name = n, .form = PNR_FORM_LONG, AT(S, member), .low = l, .high = h, __VA_ARGS__}
#define KEY_FLAG(n, S, member) \
    {.name = n, .form = PNR_FORM_FLAG, AT(S, member)}
#define KEY_CHOICE(n, S, member, w, ...) \
    {.name = n, .form = PNR_FORM_CHOICE, AT(S, member), .words = w, __VA_ARGS__}
#define KEY_DATE(n, S, member, ...) \
    {.name = n, .form = PNR_FORM_DATE, AT(S, member), __VA_ARGS__}
#define KEY_MOMENT(n, S, member, ...) \
    {.name = n, .form = PNR_FORM_MOMENT, AT(S, member), __VA_ARGS__}
#define KEY_TIME(n, S, member, ...) \
    {.name = n, .form = PNR_FORM_TIME, AT(S, member), __VA_ARGS__}
#define KEY_END(n, S, member, start, ...) \
    {.name = n, .form = PNR_FORM_END, AT(S, member), .other = offsetof(S, start), __VA_ARGS__}
#define KEY_LIST(n, f, S, member, count, ...) \
    {.name = n, .form = f, AT(S, member), .other = offsetof(S, count), __VA_ARGS__}
#define KEY_TEXTS(n, S, member, count, ...) \
    KEY_LIST(n, PNR_FORM_TEXTS, S, member, count, __VA_ARGS__)
#define KEY_RECORDS(n, S, member, count, o, ...) \
    KEY_LIST(n, PNR_FORM_RECORDS, S, member, count, .of = o, __VA_ARGS__)
#define KEY_GROUP(n, o)             {.name = n, .form = PNR_FORM_GROUP, .of = o}
#define HAS(S, member)              .has = offsetof(S, member)
#define LIKE(S, member)             .like = offsetof(S, member)
#define PLAIN_TEXT(text)            .plain_text = text
#define OPTIONAL                     .required = false
#define WORDS(list)                 {.items = list, .count = (int32_t)(sizeof(list) / sizeof *(list))}
#define SHAPE(n, S, k, c) \
    {.name = n, .size = sizeof(S), .keys = k, .count = (int32_t)(sizeof(k) / sizeof *(k)), .check = c}
#define KEYS_FIT(k) \
    _Static_assert(sizeof(k) / sizeof *(k) <= PNR_SHAPE_KEYS_MAX, "too many keys for a bit set")
/* clang-format on */

#endif
