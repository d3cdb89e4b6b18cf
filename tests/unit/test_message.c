/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of text/message. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "io/words.h"
#include "text/message.h"

Test(message, comes_in_chinese_and_in_english) {
    cr_assert_str_eq(pioneer_message("zh", "proven"), "已证最优");
    cr_assert_str_eq(pioneer_message("en", "proven"), "proven");
    cr_assert_str_eq(pioneer_message(NULL, "proven"), "proven");
    cr_assert_str_eq(pioneer_message("fr", "proven"), "proven");
}

Test(message, without_translation_stays_english) {
    cr_assert_str_eq(pnr_message("zh", "no such message"), "no such message");
    cr_assert_str_eq(pnr_message("zh", ""), "");
    cr_assert_str_eq(pnr_message("zh", "\x7F"), "\x7F");
    cr_assert_null(pnr_message("zh", NULL));
}

Test(message, finds_the_first_and_last_of_the_table_too) {
    static const char *const words[] = {"Fri", "Mon", "Sat", "absent", "wishes", "teacher", "not judged"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        cr_expect_str_neq(pnr_message("zh", words[i]), words[i]);
    }
}

Test(language, is_read_off_a_locale_name) {
    static const char *const chinese[] = {"zh", "zh_CN", "zh_CN.UTF-8", "zh-Hans", "zh.UTF-8", "zh@pinyin"};
    static const char *const english[] = {"", "en", "C", "C.UTF-8", "POSIX", "zha", "zhx_CN", "ZH", "z"};
    for (size_t i = 0; i < sizeof chinese / sizeof *chinese; i++) {
        cr_expect_str_eq(pioneer_language_of_locale(chinese[i]), "zh", "%s", chinese[i]);
    }
    for (size_t i = 0; i < sizeof english / sizeof *english; i++) {
        cr_expect_str_eq(pioneer_language_of_locale(english[i]), "en", "%s", english[i]);
    }
    cr_expect_str_eq(pioneer_language_of_locale(NULL), "en");
}

static void expect_format(const char *english, const char *expected) {
    struct pnr_text text;
    pnr_text_init(&text);
    pnr_format(&text, "en", english, PNR_TEXT("who", "张三{n}"), PNR_NUMBER("n", -7));
    cr_expect_str_eq(text.bytes, expected);
    pnr_text_fini(&text);
}

Test(format, puts_arguments_where_the_message_wants_them) {
    expect_format("{who} has {n}", "张三{n} has -7");
    expect_format("{n}: {who} {who}", "-7: 张三{n} 张三{n}");
    expect_format("{n}{n}", "-7-7");
    expect_format("none", "none");
    expect_format("", "");
}

Test(format, leaves_braces_that_name_nothing) {
    expect_format("{other} {n}", "{other} -7");
    expect_format("{ {n} } {", "{ -7 } {");
    expect_format("{n", "{n");
    expect_format("{}{n}", "{}-7");
}

Test(format, is_there_for_programs_too) {
    const struct pioneer_argument arguments[] = {{.name = "n", .number = 3}};
    char *text = pioneer_message_format("en", "{n} duties", arguments, 1);
    cr_assert_str_eq(text, "3 duties");
    free(text);
}

Test(words, name_what_the_model_numbers) {
    cr_expect_str_eq(pnr_words_outcome("zh", PIONEER_STOPPED), "提前停止");
    cr_expect_str_eq(pnr_words_outcome("en", (enum pioneer_outcome)99), "");
    cr_expect_str_eq(pnr_words_status("zh", PIONEER_STATUS_ACTIVIST), "入党积极分子");
    cr_expect_str_eq(pnr_words_role("zh", PIONEER_ROLE_OFFICE), "机关");
    cr_expect_str_eq(pnr_words_state("en", PIONEER_ABSENT), "absent");
    cr_expect_str_eq(pnr_words_weekday("zh", 0), "周四");
    cr_expect_str_eq(pnr_words_level("zh", "must", "must"), "保底到岗");
    cr_expect_str_eq(pnr_words_level("zh", "must", "最低人数"), "最低人数");
    cr_expect_str_eq(pnr_words_level("zh", "own", NULL), "own");
}

static void expect_translation(const char *english, const char *chinese) {
    char *text = pioneer_message_translate("zh", english);
    cr_expect_str_eq(text, chinese);
    pioneer_free(text);
}

Test(translate, leaves_english_as_it_is) {
    char *text = pioneer_message_translate("en", "There is no unit \"x\".");
    cr_expect_str_eq(text, "There is no unit \"x\".");
    pioneer_free(text);
}

Test(translate, recognises_a_message_without_particulars) {
    expect_translation("The campaign has no unit.", "本活动没有任何单位。");
}

Test(translate, puts_particulars_into_the_translation) {
    expect_translation("There is no unit \"北门 {id} %s\".", "没有单位“北门 {id} %s”。");
    expect_translation("The key \"name\" is missing.", "缺少键“name”。");
    expect_translation("This number must lie between -1 and 1000.", "此数应在 -1 与 1000 之间。");
}

Test(translate, translates_words_of_its_own_and_no_names) {
    expect_translation("This must be a list, not a number.", "此处应为列表，而不是数字。");
    expect_translation("The key \"a list\" is missing.", "缺少键“a list”。");
}

Test(translate, takes_several_sentences_one_by_one) {
    expect_translation("The campaign has no unit. There is no unit \"x. y\".",
                       "本活动没有任何单位。没有单位“x. y”。");
}

Test(translate, leaves_what_it_does_not_know) {
    expect_translation("Nobody ever wrote this sentence.", "Nobody ever wrote this sentence.");
    expect_translation("", "");
    expect_translation("The campaign has no unit. Nobody wrote this.",
                       "本活动没有任何单位。Nobody wrote this.");
}

Test(translate, is_not_fooled_by_long_texts) {
    char text[3000];
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '\0';
    expect_translation(text, text);
    text[1500] = '\0';
    expect_translation(text, text);
}
