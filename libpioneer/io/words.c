/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of exports for what the model numbers: outcomes, statuses, roles, states, weekdays. */
#include "io/words.h"

#include <string.h>

#include "base/calendar.h"
#include "text/message.h"

#define COUNT_OF(words) ((int)(sizeof(words) / sizeof *(words)))

static const char *word(const char *language, const char *const *words, int count, int index) {
    return index < 0 || index >= count ? "" : pnr_message(language, words[index]);
}

const char *pnr_words_outcome(const char *language, enum pioneer_outcome outcome) {
    static const char *const words[] = {
        [PIONEER_UNSOLVED] = PNR_("not judged"),   [PIONEER_PROVEN] = PNR_("proven"),
        [PIONEER_GAP] = PNR_("gap left"),          [PIONEER_STOPPED] = PNR_("stopped early"),
        [PIONEER_INFEASIBLE] = PNR_("infeasible"),
    };
    return word(language, words, COUNT_OF(words), (int)outcome);
}

const char *pnr_words_status(const char *language, enum pioneer_member_status status) {
    static const char *const words[] = {
        [PIONEER_STATUS_OTHER] = "",
        [PIONEER_STATUS_PARTY] = PNR_("party member"),
        [PIONEER_STATUS_PROBATIONARY] = PNR_("probationary party member"),
        [PIONEER_STATUS_PROSPECT] = PNR_("prospective party member"),
        [PIONEER_STATUS_ACTIVIST] = PNR_("party applicant"),
    };
    return word(language, words, COUNT_OF(words), (int)status);
}

const char *pnr_words_role(const char *language, enum pioneer_member_role role) {
    static const char *const words[] = {
        [PIONEER_ROLE_OTHER] = "",
        [PIONEER_ROLE_OFFICE] = PNR_("office staff"),
        [PIONEER_ROLE_TEACHER] = PNR_("teacher"),
        [PIONEER_ROLE_STUDENT] = PNR_("student"),
    };
    return word(language, words, COUNT_OF(words), (int)role);
}

const char *pnr_words_state(const char *language, enum pioneer_assignment_state state) {
    static const char *const words[] = {
        [PIONEER_PLANNED] = PNR_("planned"), [PIONEER_PUBLISHED] = PNR_("published"),
        [PIONEER_PINNED] = PNR_("pinned"),   [PIONEER_SERVED] = PNR_("served"),
        [PIONEER_ABSENT] = PNR_("absent"),
    };
    return word(language, words, COUNT_OF(words), (int)state);
}

const char *pnr_words_weekday(const char *language, int32_t day) {
    static const char *const words[] = {
        PNR_("Mon"), PNR_("Tue"), PNR_("Wed"), PNR_("Thu"), PNR_("Fri"), PNR_("Sat"), PNR_("Sun"),
    };
    return word(language, words, COUNT_OF(words), pnr_weekday(day));
}

const char *pnr_words_level(const char *language, const char *id, const char *name) {
    static const char *const words[][2] = {
        {"must", PNR_("least staffing")},  {"lead", PNR_("leads and composition")},
        {"target", PNR_("full staffing")}, {"stability", PNR_("stability")},
        {"fairness", PNR_("fairness")},    {"wishes", PNR_("wishes")},
    };
    if (name && name[0] != '\0' && strcmp(name, id) != 0) {
        return name;
    }
    for (int i = 0; i < COUNT_OF(words); i++) {
        if (strcmp(words[i][0], id) == 0) {
            return pnr_message(language, words[i][1]);
        }
    }
    return id;
}
