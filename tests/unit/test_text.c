/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/text. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

Test(text, grows_and_stays_terminated) {
    struct pnr_text text;
    pnr_text_init(&text);
    for (int i = 0; i < 5000; i++) {
        pnr_text_append(&text, "岗");
        pnr_text_append_n(&text, "ab\0cd", 1);
        pnr_text_printf(&text, "%04d", i);
        cr_assert_eq(text.bytes[text.length], '\0');
    }
    cr_assert_eq(text.length, 5000u * 8);
    cr_assert_eq(strlen(text.bytes), text.length);
    cr_assert_not(strncmp(text.bytes + 4999 * 8, "岗a4999", 8));
    cr_assert_not(text.failed);
    pnr_text_fini(&text);
    cr_assert_null(text.bytes);
    pnr_text_fini(NULL);
}

Test(text, hands_its_string_over_and_is_empty_then) {
    struct pnr_text text;
    pnr_text_init(&text);
    pnr_text_append(&text, "x");
    char *first = pnr_text_steal(&text);
    char *second = pnr_text_steal(&text);
    cr_assert_str_eq(first, "x");
    cr_assert_str_eq(second, "");
    cr_assert_null(text.bytes);
    free(first);
    free(second);
}

Test(text, fails_for_good_when_it_cannot_grow) {
    struct pnr_text text;
    pnr_text_init(&text);
    pnr_text_append(&text, "kept");
    pnr_text_append_n(&text, "", SIZE_MAX / 2);
    cr_assert(text.failed);
    pnr_text_append(&text, "more");
    pnr_text_printf(&text, "%d", 1);
    cr_assert_str_eq(text.bytes, "kept");
    cr_assert_null(pnr_text_steal(&text));
    cr_assert_not(text.failed);
}

static bool valid(const char *bytes) {
    return pnr_utf8_valid(bytes, strlen(bytes));
}

Test(utf8, accepts_the_first_and_last_character_of_each_length) {
    cr_assert(valid(""));
    cr_assert(valid("\x01\x7F"));
    cr_assert(valid("\xC2\x80\xDF\xBF"));
    cr_assert(valid("\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"));
    cr_assert(valid("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"));
    cr_assert(pnr_utf8_valid("a\0b", 3));
    cr_assert(pnr_utf8_valid(NULL, 0));
}

Test(utf8, refuses_overlong_forms) {
    cr_assert_not(valid("\xC0\x80"));
    cr_assert_not(valid("\xC1\xBF"));
    cr_assert_not(valid("\xE0\x9F\xBF"));
    cr_assert_not(valid("\xF0\x8F\xBF\xBF"));
}

Test(utf8, refuses_surrogates_and_what_lies_above_unicode) {
    cr_assert_not(valid("\xED\xA0\x80"));
    cr_assert_not(valid("\xED\xBF\xBF"));
    cr_assert_not(valid("\xF4\x90\x80\x80"));
    cr_assert_not(valid("\xF5\x80\x80\x80"));
    cr_assert_not(valid("\xFF"));
}

Test(utf8, refuses_lonely_tails_and_cut_characters) {
    cr_assert_not(valid("\x80"));
    cr_assert_not(valid("a\xBF"));
    cr_assert_not(valid("\xE5\xB2"));
    cr_assert_not(valid("\xE5\xB2z"));
    cr_assert_not(valid("\xF0\x9F\x98"));
    cr_assert_not(pnr_utf8_valid("岗", 2));
}

static const char *const keys[] = {"members", "sites", "slots", "stages", NULL, "units", "名称"};

static const char *near(const char *word) {
    return pnr_nearest_word(word, keys, sizeof keys / sizeof *keys);
}

Test(nearest_word, finds_a_word_with_a_letter_wrong_missing_added_or_swapped) {
    cr_assert_str_eq(near("membera"), "members");
    cr_assert_str_eq(near("member"), "members");
    cr_assert_str_eq(near("memberss"), "members");
    cr_assert_str_eq(near("sties"), "sites");
    cr_assert_str_eq(near("untis"), "units");
    cr_assert_str_eq(near("members"), "members");
}

Test(nearest_word, counts_characters_and_not_bytes) {
    cr_assert_str_eq(near("名字"), "名称");
    cr_assert_null(near("岗位"));
}

Test(nearest_word, takes_the_first_of_two_equally_near) {
    const char *const two[] = {"abcx", "abcy"};
    cr_assert_str_eq(pnr_nearest_word("abcz", two, 2), "abcx");
}

Test(nearest_word, has_no_guess_for_a_word_unlike_all_others) {
    cr_assert_null(near("qwertz"));
    cr_assert_null(near(""));
    cr_assert_null(near("x"));
    cr_assert_null(pnr_nearest_word("members", NULL, 0));
}

Test(nearest_word, answers_a_megabyte_word_at_once) {
    static char word[(1 << 20) + 1];
    memset(word, 'm', 1 << 20);
    const char *const candidates[] = {word, "mm"};
    for (int i = 0; i < 100000; i++) {
        cr_assert_null(pnr_nearest_word(word, candidates, 2));
    }
    memset(word, 0xFF, 1 << 20);
    cr_assert_null(pnr_nearest_word(word, candidates, 2));
    cr_assert_null(pnr_nearest_word("members", candidates, 1));
}
