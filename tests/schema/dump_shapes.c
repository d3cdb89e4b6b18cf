/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the tables of keys that reader and writer use, and the template, as JSON, for the test of the
 * schemas. */
#include <inttypes.h>
#include <pioneer/campaign.h>
#include <stdio.h>
#include <string.h>

#include "io/document.h"

static const char *const form_names[] = {
    [PNR_FORM_TEXT] = "text",         [PNR_FORM_NUMBER] = "number",
    [PNR_FORM_LONG] = "long",         [PNR_FORM_SEED] = "seed",
    [PNR_FORM_FLAG] = "flag",         [PNR_FORM_CHOICE] = "choice",
    [PNR_FORM_FLAG_WORD] = "choice",  [PNR_FORM_DATE] = "date",
    [PNR_FORM_MOMENT] = "moment",     [PNR_FORM_TIME] = "time",
    [PNR_FORM_END] = "end",           [PNR_FORM_WEEKDAYS] = "weekdays",
    [PNR_FORM_ONE_DATE] = "one_date", [PNR_FORM_SPAN_DATE] = "span_date",
    [PNR_FORM_TEXTS] = "texts",       [PNR_FORM_DATES] = "dates",
    [PNR_FORM_RATINGS] = "ratings",   [PNR_FORM_RECORDS] = "records",
    [PNR_FORM_GROUP] = "group",
};

static void print_key(const struct pnr_key *key) {
    printf("{\"name\": \"%s\", \"form\": \"%s\", \"required\": %s, \"low\": %" PRId64 ", \"high\": %" PRId64,
           key->name, form_names[key->form], key->required ? "true" : "false", key->low, key->high);
    printf(", \"words\": [");
    const char *separator = "";
    for (int32_t i = 0; i < key->words.count; i++) {
        const char *word = pnr_word_at(key->words, i);
        if (word) {
            printf("%s\"%s\"", separator, word);
            separator = ", ";
        }
    }
    printf("], \"of\": \"%s\"}", key->of ? key->of->name : "");
}

/* Prints a shape and those inside it. */
static void print_shape(const struct pnr_shape *shape, const char *separator) {
    printf("%s\"%s\": [", separator, shape->name);
    for (int32_t i = 0; i < shape->count; i++) {
        printf(i > 0 ? ",\n  " : "\n  ");
        print_key(&shape->keys[i]);
    }
    printf("]");
    for (int32_t i = 0; i < shape->count; i++) {
        if (shape->keys[i].of) {
            print_shape(shape->keys[i].of, ",\n");
        }
    }
}

/* Prints the built-in template as the writer writes it. */
static int print_template(void) {
    struct pioneer_campaign *campaign;
    char *text = NULL;
    size_t length = 0;
    if (pioneer_campaign_template(&campaign, NULL) != PIONEER_OK) {
        return 1;
    }
    const enum pioneer_status status = pioneer_campaign_write_json(campaign, &text, &length, NULL);
    if (status == PIONEER_OK) {
        fwrite(text, 1, length, stdout);
    }
    pioneer_free(text);
    pioneer_campaign_free(campaign);
    return status == PIONEER_OK ? 0 : 1;
}

int main(int argc, char **argv) {
    if (argc == 2 && strcmp(argv[1], "template") == 0) {
        return print_template();
    }
    const bool is_roster = argc == 2 && strcmp(argv[1], "roster") == 0;
    const struct pnr_document *document = is_roster ? &pnr_roster_document : &pnr_campaign_document;
    printf("{\"format\": \"%s\", \"version\": %d, \"head\": \"%s\", \"sections\": {", document->format,
           (int)document->version, document->head->name);
    for (int32_t i = 0; i < document->section_count; i++) {
        printf("%s\"%s\": \"%s\"", i > 0 ? ", " : "", document->sections[i].key,
               document->sections[i].shape->name);
    }
    printf("},\n\"shapes\": {");
    print_shape(document->head, "\n");
    for (int32_t i = 0; i < document->section_count; i++) {
        print_shape(document->sections[i].shape, ",\n");
    }
    printf("}}\n");
    return 0;
}
