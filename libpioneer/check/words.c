/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The judge's sentences: templates with named places, in the language asked for. */
#include "check/words.h"

#include <inttypes.h>
#include <string.h>

#include "base/calendar.h"

bool pnr_words_knows(const char *language) {
    return language == NULL || strcmp(language, "en") == 0 || strcmp(language, "zh") == 0;
}

/* The one place where a sentence changes its language. */
static const char *translate(const char *language, const char *sentence) {
    return pnr_message(language == NULL ? "en" : language, sentence);
}

static void append_named(struct pnr_text *out, const char *language, const char *name, const char *id) {
    if (name == NULL || strcmp(name, id) == 0) {
        pnr_text_append(out, id);
    } else {
        pnr_format(out, language, PNR_("{name} ({id})"), PNR_TEXT("name", name), PNR_TEXT("id", id));
    }
}

static void append_member(struct pnr_text *out, const char *language, const struct pnr_words *words) {
    if (words->world != NULL && words->member >= 0) {
        const struct pioneer_member *member = &words->world->campaign->members.items[words->member];
        append_named(out, language, member->name, member->id);
    }
}

static void append_date(struct pnr_text *out, int32_t day) {
    char date[11];
    pnr_date_format(day, date);
    pnr_text_append(out, date);
}

void pnr_words_append_duty_id(struct pnr_text *out, const struct pnr_world *world, int32_t duty) {
    const struct pioneer_campaign *campaign = world->campaign;
    const struct pnr_check_duty *named = &world->duties[duty];
    char date[11];
    pnr_date_format(named->day, date);
    pnr_text_printf(out, "%s/%s/%s/%s", campaign->posts.items[named->post].id,
                    campaign->sites.items[named->site].id, date, campaign->slots.items[named->slot].id);
}

static void append_duty(struct pnr_text *out, const char *language, const struct pnr_words *words) {
    if (words->world != NULL && words->duty >= 0) {
        const struct pioneer_campaign *campaign = words->world->campaign;
        const struct pnr_check_duty *duty = &words->world->duties[words->duty];
        const struct pioneer_post *post = &campaign->posts.items[duty->post];
        const struct pioneer_site *site = &campaign->sites.items[duty->site];
        const struct pioneer_slot *slot = &campaign->slots.items[duty->slot];
        char date[11];
        pnr_date_format(duty->day, date);
        pnr_format(out, language, PNR_("{post}, {site}, {date} {slot}"),
                   PNR_TEXT("post", post->name == NULL ? post->id : post->name),
                   PNR_TEXT("site", site->name == NULL ? site->id : site->name), PNR_TEXT("date", date),
                   PNR_TEXT("slot", slot->name == NULL ? slot->id : slot->name));
    }
}

static bool is_place(const char *place, size_t length, const char *name) {
    return strlen(name) == length && memcmp(place, name, length) == 0;
}

/* `place` is the name between the braces, `length` bytes. */
static void append_place(struct pnr_text *out, const char *language, const char *place, size_t length,
                         const struct pnr_words *words) {
    if (is_place(place, length, "member")) {
        append_member(out, language, words);
    } else if (is_place(place, length, "duty")) {
        append_duty(out, language, words);
    } else if (is_place(place, length, "date")) {
        append_date(out, words->day);
    } else if (is_place(place, length, "found")) {
        pnr_text_printf(out, "%" PRId64, words->found);
    } else if (is_place(place, length, "limit")) {
        pnr_text_printf(out, "%" PRId64, words->limit);
    } else if (is_place(place, length, "rule")) {
        pnr_text_append(out, words->rule == NULL ? "" : words->rule);
    } else if (is_place(place, length, "text")) {
        pnr_text_append(out, words->text == NULL ? "" : words->text);
    } else if (is_place(place, length, "stage")) {
        pnr_text_append(out, words->stage == NULL ? "" : words->stage);
    } else if (is_place(place, length, "unit")) {
        pnr_text_append(out, words->unit == NULL ? "" : words->unit);
    }
}

void pnr_words_append(struct pnr_text *out, const char *language, const char *sentence,
                      const struct pnr_words *words) {
    const char *rest = translate(language, sentence);
    for (const char *open = strchr(rest, '{'); open != NULL; open = strchr(rest, '{')) {
        const char *close = strchr(open, '}');
        if (close == NULL) {
            break;
        }
        pnr_text_append_n(out, rest, (size_t)(open - rest));
        append_place(out, language, open + 1, (size_t)(close - open - 1), words);
        rest = close + 1;
    }
    pnr_text_append(out, rest);
}
