/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The views of "pioneer show" that list duties. */
#include "show.h"

#include <stdlib.h>
#include <string.h>

#include "words.h"

static int by_duty(const struct cli_show_row *a, const struct cli_show_row *b) {
    if (a->day != b->day) {
        return a->day < b->day ? -1 : 1;
    }
    if (a->slot->from_min != b->slot->from_min) {
        return a->slot->from_min < b->slot->from_min ? -1 : 1;
    }
    int order = strcmp(a->slot->id, b->slot->id);
    return order != 0 ? order : strcmp(a->post->id, b->post->id);
}

static int by_site(const void *a, const void *b) {
    const struct cli_show_row *left = a, *right = b;
    int order = strcmp(left->site->id, right->site->id);
    order = order != 0 ? order : by_duty(left, right);
    if (order != 0 || left->member == NULL || right->member == NULL) {
        return order;
    }
    return strcmp(left->member->id, right->member->id);
}

static int by_member(const void *a, const void *b) {
    const struct cli_show_row *left = a, *right = b;
    int order = strcmp(left->member->unit, right->member->unit);
    order = order != 0 ? order : strcmp(left->member->id, right->member->id);
    order = order != 0 ? order : by_duty(left, right);
    return order != 0 ? order : strcmp(left->site->id, right->site->id);
}

static bool same_duty(const struct cli_show_row *a, const struct cli_show_row *b) {
    return a->site == b->site && a->slot == b->slot && a->post == b->post && a->day == b->day;
}

/* "08:00-12:00 上午" */
static void put_slot(struct cli_table *table, const struct pioneer_slot *slot) {
    char from[16], to[16];
    cli_words_time(slot->from_min, from);
    cli_words_time(slot->to_min, to);
    cli_table_format(table, "%s-%s %s", from, to, slot->name);
}

static bool is_absent(const struct cli_show_row *row) {
    return row->state == PIONEER_ABSENT;
}

/* The names on one duty, in one growing string. */
struct name_list {
    char *text;
    size_t length, capacity;
};

static bool append(struct name_list *list, const char *text) {
    size_t length = strlen(text);
    if (list->length + length + 1 > list->capacity) {
        size_t capacity = 2 * (list->length + length + 1);
        char *grown = realloc(list->text, capacity);
        if (grown == NULL) {
            return false;
        }
        list->text = grown;
        list->capacity = capacity;
    }
    memcpy(list->text + list->length, text, length + 1);
    list->length += length;
    return true;
}

static bool append_member(const struct cli *cli, struct name_list *list, const struct cli_show_row *row) {
    const char *separator = list->length == 0 ? "" : cli_text(cli, _(", "));
    bool ok = append(list, separator) && append(list, row->member->name);
    if (ok && is_absent(row)) {
        ok = append(list, cli_text(cli, _(" (absent)")));
    }
    return ok;
}

/* "3", or "3/5" where five are asked for; a mark where the lead is missing. */
static void put_heads(const struct cli *cli, struct cli_table *table, int heads,
                      const struct pioneer_shortage *shortage) {
    if (shortage == NULL) {
        cli_table_number(table, heads);
    } else {
        int wanted = shortage->target > shortage->min ? shortage->target : shortage->min;
        cli_table_format(table, "%d/%d%s", heads, wanted,
                         shortage->lead_missing ? cli_text(cli, _(" no lead")) : "");
    }
}

/* Rows [from, to) are one duty. */
static bool put_duty(const struct cli_show *show, struct cli_table *table, size_t from, size_t to) {
    const struct cli_show_row *first = &show->rows[from];
    struct name_list list = {0};
    char day[32];
    int heads = 0;
    bool ok = append(&list, "");
    for (size_t i = from; ok && i < to; i++) {
        if (show->rows[i].member != NULL) {
            heads += !is_absent(&show->rows[i]);
            ok = append_member(show->cli, &list, &show->rows[i]);
        }
    }
    if (ok) {
        bool repeats = from > 0 && first[-1].site == first->site;
        cli_words_day(show->cli, first->day, day);
        cli_table_cell(table, repeats ? "" : first->site->name);
        cli_table_cell(table, day);
        put_slot(table, first->slot);
        cli_table_cell(table, first->post->name);
        put_heads(show->cli, table, heads, first->shortage);
        cli_table_cell(table, list.text);
    }
    free(list.text);
    return ok;
}

/* Of rows sorted by duty, those of duties that somebody wanted stands on: with all who stand there. */
static size_t keep_wanted_duties(struct cli_show *show) {
    size_t kept = 0;
    for (size_t from = 0, to = 0; from < show->count; from = to) {
        bool is_wanted = false;
        for (; to < show->count && same_duty(&show->rows[from], &show->rows[to]); to++) {
            is_wanted = is_wanted || show->rows[to].is_wanted;
        }
        for (size_t i = from; is_wanted && i < to; i++) {
            show->rows[kept++] = show->rows[i];
        }
    }
    return kept;
}

bool cli_show_by_site(struct cli_show *show) {
    const struct cli *cli = show->cli;
    struct cli_table table = {0};
    const char *const texts[] = {cli_text(cli, _("site")),   cli_text(cli, _("date")),
                                 cli_text(cli, _("slot")),   cli_text(cli, _("post")),
                                 cli_text(cli, _("people")), cli_text(cli, _("members"))};
    bool ok = true;
    qsort(show->rows, show->count, sizeof *show->rows, by_site);
    show->count = keep_wanted_duties(show);
    cli_table_head(&table, "llllrl", texts);
    for (size_t from = 0, to = 0; ok && from < show->count; from = to) {
        while (to < show->count && same_duty(&show->rows[from], &show->rows[to])) {
            to++;
        }
        ok = put_duty(show, &table, from, to);
    }
    table.failed = table.failed || !ok;
    return cli_table_print(&table, stdout);
}

/* Duties that nobody stands on belong to no member: they are moved behind the others and left out. */
static size_t keep_staffed(struct cli_show *show) {
    size_t kept = 0;
    for (size_t i = 0; i < show->count; i++) {
        if (show->rows[i].member != NULL) {
            show->rows[kept++] = show->rows[i];
        }
    }
    return kept;
}

bool cli_show_by_member(struct cli_show *show) {
    const struct cli *cli = show->cli;
    struct cli_table table = {0};
    const char *const texts[] = {cli_text(cli, _("unit")), cli_text(cli, _("member")),
                                 cli_text(cli, _("date")), cli_text(cli, _("slot")),
                                 cli_text(cli, _("post")), cli_text(cli, _("site"))};
    show->count = keep_staffed(show);
    qsort(show->rows, show->count, sizeof *show->rows, by_member);
    cli_table_head(&table, "llllll", texts);
    for (size_t i = 0; i < show->count; i++) {
        const struct cli_show_row *row = &show->rows[i];
        const struct pioneer_unit *unit = cli_names_unit(&show->names, row->member->unit);
        bool repeats = i > 0 && row[-1].member == row->member;
        char day[32];
        cli_words_day(cli, row->day, day);
        cli_table_cell(&table, repeats || unit == NULL ? "" : unit->name);
        cli_table_format(&table, "%s%s", repeats ? "" : row->member->name,
                         is_absent(row) ? cli_text(cli, _(" (absent)")) : "");
        cli_table_cell(&table, day);
        put_slot(&table, row->slot);
        cli_table_cell(&table, row->post->name);
        cli_table_cell(&table, row->site->name);
    }
    return cli_table_print(&table, stdout);
}

/* Rows [from, to) belong to members of one unit, a member's rows side by side. */
static void put_unit(const struct cli_show *show, struct cli_table *table, size_t from, size_t to) {
    const struct pioneer_member *last = NULL;
    const char *id = show->rows[from].member->unit;
    const struct pioneer_unit *unit = cli_names_unit(&show->names, id);
    long long members = 0, duties = 0, minutes = 0;
    for (size_t i = from; i < to; i++) {
        const struct cli_show_row *row = &show->rows[i];
        if (!is_absent(row)) {
            members += row->member != last;
            last = row->member;
            duties++;
            minutes += row->slot->to_min - row->slot->from_min;
        }
    }
    cli_table_cell(table, unit == NULL ? id : unit->name);
    cli_table_number(table, members);
    cli_table_number(table, duties);
    cli_table_format(table, "%lld:%02lld", minutes / 60, minutes % 60);
}

bool cli_show_by_unit(struct cli_show *show) {
    const struct cli *cli = show->cli;
    struct cli_table table = {0};
    const char *const texts[] = {cli_text(cli, _("unit")), cli_text(cli, _("members on duty")),
                                 cli_text(cli, _("duties")), cli_text(cli, _("hours"))};
    show->count = keep_staffed(show);
    qsort(show->rows, show->count, sizeof *show->rows, by_member);
    cli_table_head(&table, "lrrr", texts);
    for (size_t from = 0, to = 0; from < show->count; from = to) {
        while (to < show->count && strcmp(show->rows[from].member->unit, show->rows[to].member->unit) == 0) {
            to++;
        }
        put_unit(show, &table, from, to);
    }
    return cli_table_print(&table, stdout);
}

bool cli_show_shortages(struct cli_show *show) {
    const struct cli *cli = show->cli;
    struct cli_table table = {0};
    const char *const texts[] = {cli_text(cli, _("date")),     cli_text(cli, _("slot")),
                                 cli_text(cli, _("site")),     cli_text(cli, _("post")),
                                 cli_text(cli, _("people")),   cli_text(cli, _("least")),
                                 cli_text(cli, _("intended")), cli_text(cli, _("remarks"))};
    qsort(show->rows, show->count, sizeof *show->rows, by_site);
    cli_table_head(&table, "llllrrrl", texts);
    for (size_t i = 0; i < show->count; i++) {
        const struct cli_show_row *row = &show->rows[i];
        if (row->shortage == NULL || (i > 0 && same_duty(row, row - 1))) {
            continue;
        }
        char day[32];
        cli_words_day(cli, row->day, day);
        cli_table_cell(&table, day);
        put_slot(&table, row->slot);
        cli_table_cell(&table, row->site->name);
        cli_table_cell(&table, row->post->name);
        cli_table_number(&table, row->shortage->assigned);
        cli_table_number(&table, row->shortage->min);
        cli_table_number(&table, row->shortage->target);
        cli_table_cell(&table, row->shortage->lead_missing ? cli_text(cli, _("no lead")) : "");
    }
    return cli_table_print(&table, stdout);
}
