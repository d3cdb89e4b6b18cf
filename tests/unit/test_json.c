/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of io/json and io/json_scan. */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/json.h"
#include "io/json_scan.h"

static struct pioneer_error error;

static enum pioneer_status scan(const char *text) {
    memset(&error, 0, sizeof error);
    return pnr_json_scan(text, strlen(text), &error);
}

Test(json, takes_every_kind_of_value) {
    const char *texts[] = {"{}",
                           "[]",
                           " \t\r\n[ ] \n",
                           "\"\"",
                           "0",
                           "-0",
                           "-17",
                           "true",
                           "false",
                           "null",
                           "[1,2,[3]]",
                           "{\"a\":{\"b\":[]},\"c\":1}",
                           "\"岗\\u5c97\\ud83d\\ude00\\n\\\"\\\\\\/\"",
                           "9999999999999999999"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cr_assert_eq(scan(texts[i]), PIONEER_OK, "%s: %s", texts[i], error.message);
        struct cJSON *root;
        cr_assert_eq(pnr_json_parse(texts[i], strlen(texts[i]), &root, NULL), PIONEER_OK, "%s", texts[i]);
        cr_assert_not_null(root);
        pnr_json_free(root);
    }
}

Test(json, refuses_what_is_no_json_and_says_where) {
    const struct {
        const char *text, *code, *where;
        int line, column;
    } cases[] = {
        {"", "unexpected-end", "", 1, 1},
        {"{", "unexpected-end", "", 1, 2},
        {"{\"a\"", "unexpected-end", "/a", 1, 5},
        {"[1,]", "unexpected-character", "/1", 1, 4},
        {"[1 2]", "unexpected-character", "/0", 1, 4},
        {"{\"a\":1,}", "unexpected-character", "/a", 1, 8},
        {"{a:1}", "unexpected-character", "", 1, 2},
        {"{'a':1}", "unexpected-character", "", 1, 2},
        {"[1]]", "unexpected-character", "", 1, 4},
        {"[1]\n\n x", "unexpected-character", "", 3, 2},
        {"[\n tru]", "unexpected-character", "/0", 2, 2},
        {"{\"a\":[0,\n01]}", "unexpected-character", "/a/1", 2, 1},
        {"[-]", "unexpected-character", "/0", 1, 3},
        {"[+1]", "unexpected-character", "/0", 1, 2},
        {"[.5]", "unexpected-character", "/0", 1, 2},
        {"[NaN]", "not-a-number", "/0", 1, 2},
        {"[-Infinity]", "not-a-number", "/0", 1, 2},
        {"{\"x\":{\"priority\":1.5}}", "not-a-whole-number", "/x/priority", 1, 18},
        {"[1e3]", "not-a-whole-number", "/0", 1, 2},
        {"[1E400]", "not-a-whole-number", "/0", 1, 2},
        {"[-12345678901234567890]", "number-too-large", "/0", 1, 2},
        {"[\"a\tb\"]", "control-character", "/0", 1, 4},
        {"[\"a\nb\"]", "control-character", "/0", 1, 4},
        {"[\"\\u0000\"]", "control-character", "/0", 1, 9},
        {"[\"\\x\"]", "bad-escape", "/0", 1, 5},
        {"[\"\\u12g4\"]", "bad-escape", "/0", 1, 7},
        {"[\"\\ud800\"]", "bad-escape", "/0", 1, 9},
        {"[\"\\ud800\\u0041\"]", "bad-escape", "/0", 1, 15},
        {"[\"\\ude00\"]", "bad-escape", "/0", 1, 9},
        {"\xEF\xBB\xBF{}", "byte-order-mark", "", 1, 1},
        {"[\"a\",\n \"\xC0\xAF\"]", "bad-utf8", "", 2, 3},
        {"[\"\xED\xA0\x80\"]", "bad-utf8", "", 1, 3},
        {"[\"岗\xE5\xB2\"]", "bad-utf8", "", 1, 6},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cr_expect_lt((int)scan(cases[i].text), 0, "%s", cases[i].text);
        cr_expect_str_eq(error.code, cases[i].code, "%s: %s", cases[i].text, error.code);
        cr_expect_str_eq(error.where, cases[i].where, "%s: %s", cases[i].text, error.where);
        cr_expect_eq(error.line, cases[i].line, "%s: line %d", cases[i].text, (int)error.line);
        cr_expect_eq(error.column, cases[i].column, "%s: column %d", cases[i].text, (int)error.column);
        cr_expect_neq(error.message[0], '\0');
        struct cJSON *root = (struct cJSON *)&error;
        cr_expect_lt((int)pnr_json_parse(cases[i].text, strlen(cases[i].text), &root, NULL), 0);
        cr_expect_null(root);
    }
}

Test(json, refuses_a_raw_nul_byte) {
    cr_assert_eq(pnr_json_scan("[\"a\0b\"]", 7, &error), PIONEER_E_SYNTAX);
    cr_assert_str_eq(error.code, "control-character");
    cr_assert_eq(pnr_json_scan("[1\0]", 4, &error), PIONEER_E_SYNTAX);
    cr_assert_str_eq(error.code, "unexpected-character");
    cr_assert_eq(error.column, 3);
}

Test(json, refuses_a_text_beyond_its_size_without_reading_it) {
    const char byte = '[';
    cr_assert_eq(pnr_json_scan(&byte, PNR_JSON_BYTES_MAX + 1, &error), PIONEER_E_INVALID);
    cr_assert_str_eq(error.code, "text-too-large");
}

Test(json, nests_as_deep_as_the_limit_and_no_deeper) {
    for (int depth = PNR_JSON_DEPTH_MAX; depth <= 100000; depth = depth * 10 + 1) {
        char *text = malloc((size_t)depth * 2);
        cr_assert_not_null(text);
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        const enum pioneer_status status = pnr_json_scan(text, (size_t)depth * 2, &error);
        if (depth == PNR_JSON_DEPTH_MAX) {
            cr_assert_eq(status, PIONEER_OK);
        } else {
            cr_assert_eq(status, PIONEER_E_INVALID);
            cr_assert_str_eq(error.code, "too-deep");
            cr_assert_eq(error.column, PNR_JSON_DEPTH_MAX + 1);
        }
        free(text);
    }
}

Test(json, cuts_a_long_pointer_between_characters) {
    char text[2000];
    size_t length = (size_t)snprintf(text, sizeof text, "{\"a~/");
    while (length < 1500) {
        length += (size_t)snprintf(text + length, sizeof text - length, "岗");
    }
    snprintf(text + length, sizeof text - length, "\":1.5}");
    cr_assert_eq(scan(text), PIONEER_E_INVALID);
    cr_assert_eq(strncmp(error.where, "/a~0~1岗", 9), 0);
    const size_t cut = strlen(error.where);
    cr_assert_gt(cut, 240u);
    cr_assert_eq((cut - 6) % 3, 0u, "%zu", cut);
}

Test(json, finds_the_line_of_a_pointer_or_of_what_is_around_it) {
    const char *text = "{\n \"posts\": [\n  {\"id\": 1},\n  {\"id\": 2}\n ]\n}";
    const struct {
        const char *where;
        int line, column;
    } cases[] = {{"/posts/1/id", 4, 10},
                 {"/posts/1/unit", 4, 3},
                 {"/posts/0", 3, 3},
                 {"/sites/7/a", 1, 1},
                 {"", 1, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        snprintf(error.where, sizeof error.where, "%s", cases[i].where);
        pnr_json_locate(text, strlen(text), &error);
        cr_expect_eq(error.line, cases[i].line, "%s: %d", cases[i].where, (int)error.line);
        cr_expect_eq(error.column, cases[i].column, "%s: %d", cases[i].where, (int)error.column);
        cr_expect_str_eq(error.where, cases[i].where);
    }
    pnr_json_locate(text, strlen(text), NULL);
}

static struct cJSON *parse(const char *text) {
    struct cJSON *root;
    cr_assert_eq(pnr_json_parse(text, strlen(text), &root, &error), PIONEER_OK, "%s", text);
    return root;
}

/* The 64-bit number of a text, or the code of the refusal. */
static const char *number_or_code(const char *text, int64_t low, int64_t high) {
    static char out[64];
    struct cJSON *root = parse(text);
    int64_t number = 42;
    if (pnr_json_number(root, NULL, (struct pnr_json_range){low, high}, &number, &error) == PIONEER_OK) {
        snprintf(out, sizeof out, "%" PRId64, number);
    } else {
        cr_assert_eq(number, 42);
        snprintf(out, sizeof out, "%s", error.code);
    }
    pnr_json_free(root);
    return out;
}

Test(json, keeps_numbers_exact_or_refuses_them) {
    cr_expect_str_eq(number_or_code("9007199254740991", INT64_MIN, INT64_MAX), "9007199254740991");
    cr_expect_str_eq(number_or_code("-9007199254740991", INT64_MIN, INT64_MAX), "-9007199254740991");
    cr_expect_str_eq(number_or_code("9007199254740993", INT64_MIN, INT64_MAX), "number-too-large");
    cr_expect_str_eq(number_or_code("-9007199254740993", INT64_MIN, INT64_MAX), "number-out-of-range");
    cr_expect_str_eq(number_or_code("\"9007199254740993\"", INT64_MIN, INT64_MAX), "9007199254740993");
    cr_expect_str_eq(number_or_code("\"-9223372036854775808\"", INT64_MIN, INT64_MAX),
                     "-9223372036854775808");
    cr_expect_str_eq(number_or_code("\"9223372036854775808\"", INT64_MIN, INT64_MAX), "number-out-of-range");
    cr_expect_str_eq(number_or_code("\"-1\"", 0, INT64_MAX), "number-out-of-range");
    const char *none[] = {"\"\"",   "\"-\"",  "\"01\"", "\"-0\"", "\"1 \"",
                          "\" 1\"", "\"+1\"", "\"1x\"", "\"一\""};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        cr_expect_str_eq(number_or_code(none[i], INT64_MIN, INT64_MAX), "wrong-type", "%s", none[i]);
    }
    cr_expect_str_eq(number_or_code("\"5\"", 0, 10), "wrong-type", "only numbers of 64 bits may be texts");
    cr_expect_str_eq(number_or_code("11", 0, 10), "number-out-of-range");
    cr_expect_str_eq(number_or_code("-1", 0, 10), "negative-number");
    cr_expect_str_eq(number_or_code("1000000001", 0, 1000000000), "number-too-large");
    cr_expect_str_eq(number_or_code("-0", 0, 10), "0");
}

Test(json, reads_seeds_of_all_64_bits) {
    const struct {
        const char *text;
        uint64_t seed;
    } good[] = {{"0", 0}, {"17", 17}, {"\"18446744073709551615\"", UINT64_MAX}};
    uint64_t seed = 0;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct cJSON *root = parse(good[i].text);
        cr_expect_eq(pnr_json_seed(root, NULL, &seed, &error), PIONEER_OK, "%s", good[i].text);
        cr_expect_eq(seed, good[i].seed, "%s", good[i].text);
        pnr_json_free(root);
    }
    const char *bad[] = {"-1", "\"-1\"", "\"18446744073709551616\"", "\"x\"", "true", "9007199254740993"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct cJSON *root = parse(bad[i]);
        cr_expect_eq(pnr_json_seed(root, NULL, &seed, &error), PIONEER_E_INVALID, "%s", bad[i]);
        pnr_json_free(root);
    }
    cr_expect_eq(seed, UINT64_MAX);
}

Test(json, says_which_type_it_wants_and_which_it_got) {
    const struct pnr_place list = {.key = "a/b~"};
    const struct pnr_place place = {.parent = &list, .index = 3};
    struct cJSON *root = parse("[]");
    const char *text = NULL;
    bool flag = false;
    cr_expect_eq(pnr_json_text(root, &place, &text, &error), PIONEER_E_INVALID);
    cr_expect_str_eq(error.code, "wrong-type");
    cr_expect_str_eq(error.where, "/a~1b~0/3");
    cr_expect_str_eq(error.message, "This must be a text, not a list.");
    cr_expect_eq(pnr_json_flag(root, &place, &flag, NULL), PIONEER_E_INVALID);
    pnr_json_free(root);
    root = parse("true");
    cr_expect_eq(pnr_json_flag(root, &place, &flag, &error), PIONEER_OK);
    cr_expect(flag);
    pnr_json_free(root);
    pnr_json_free(NULL);
}

Test(json, quotes_the_start_of_a_text_without_breaking_characters_or_terminals) {
    cr_expect_str_eq(PNR_EXCERPT("岗位 1"), "岗位 1");
    cr_expect_str_eq(PNR_EXCERPT("\x1b[2J\n\x7f"), "?[2J??");
    char text[PNR_EXCERPT_BYTES * 3 + 1] = "";
    for (size_t i = 0; i + 1 < PNR_EXCERPT_BYTES; i++) {
        cr_expect_str_eq(PNR_EXCERPT(text), text, "%zu bytes", i);
        text[i] = 'a';
    }
    for (size_t i = 0; i < PNR_EXCERPT_BYTES; i++) {
        strcpy(text + i, "岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗岗");
        const char *quoted = PNR_EXCERPT(text);
        cr_expect_lt(strlen(quoted), (size_t)PNR_EXCERPT_BYTES);
        cr_expect(pnr_utf8_valid(quoted, strlen(quoted)), "%s", quoted);
        cr_expect_str_eq(quoted + strlen(quoted) - 3, "…");
        text[i] = 'a';
    }
}
