/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parser and evaluator of expressions: recursive descent, to a tree whose depth the parser bounds. */
#include "model/expression.h"

#include <stdlib.h>
#include <string.h>

#include "base/status.h"
#include "base/text.h"
#include "model/index.h"

enum node_kind {
    NODE_ANYONE,
    NODE_NOBODY,
    NODE_OR,
    NODE_AND,
    NODE_NOT,
    NODE_MEMBER,
    NODE_UNIT,
    NODE_STATUS,
    NODE_ROLE,
    NODE_TAG,
    NODE_SITE,
    NODE_ZONE,
    NODE_RATING
};

enum comparison { AT_LEAST, AT_MOST, EQUAL, ABOVE, BELOW };

struct pnr_expression {
    enum node_kind kind;
    struct pnr_expression *first; /* operands of or, and, not */
    struct pnr_expression *next;  /* the next operand of the same parent */
    const char *word;             /* tag, rating, zone */
    int32_t value;                /* member index, status, role, or what a rating is compared with */
    enum comparison comparison;
    const char **ids; /* units: those below; sites: the one, or those of the zone; sorted bytewise */
    int32_t id_count;
};

/* ---- tokens */

enum token_kind { TOKEN_END, TOKEN_WORD, TOKEN_QUOTED, TOKEN_SIGN, TOKEN_BAD };

struct token {
    enum token_kind kind;
    const char *at; /* without the quotation marks */
    size_t length;
};

struct parser {
    const struct pioneer_campaign *campaign;
    const char *text;
    const char *next; /* behind the current token */
    struct token token;
    struct pnr_arena *arena;
    struct pioneer_error *error;
    struct pnr_index index[PNR_KIND_COUNT]; /* built when first needed */
    bool is_indexed[PNR_KIND_COUNT];
    int32_t depth;
};

static bool is_word_byte(char byte) {
    unsigned char b = (unsigned char)byte;
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_' ||
           b == '-' || b == '.' || b >= 0x80;
}

static struct token quoted_token(const char *at) {
    const char *end = strchr(at + 1, '"');
    if (end == NULL || strcspn(at + 1, "\t\r\n") < (size_t)(end - at - 1)) {
        return (struct token){TOKEN_BAD, at, 1};
    }
    return (struct token){TOKEN_QUOTED, at + 1, (size_t)(end - at - 1)};
}

static struct token sign_token(const char *at) {
    static const char *const signs[] = {"!=", ">=", "<=", "=", ">", "<", "(", ")", ","};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        size_t length = strlen(signs[i]);
        if (strncmp(at, signs[i], length) == 0) {
            return (struct token){TOKEN_SIGN, at, length};
        }
    }
    return (struct token){TOKEN_BAD, at, 1};
}

static void advance(struct parser *parser) {
    const char *at = parser->next + strspn(parser->next, " \t\r\n");
    size_t length = 0;
    while (is_word_byte(at[length])) {
        length++;
    }
    if (*at == '\0') {
        parser->token = (struct token){TOKEN_END, at, 0};
    } else if (length > 0) {
        parser->token = (struct token){TOKEN_WORD, at, length};
    } else {
        parser->token = *at == '"' ? quoted_token(at) : sign_token(at);
    }
    parser->next = parser->token.at + parser->token.length + (parser->token.kind == TOKEN_QUOTED ? 1 : 0);
}

static bool token_is(const struct parser *parser, enum token_kind kind, const char *text) {
    return parser->token.kind == kind && parser->token.length == strlen(text) &&
           memcmp(parser->token.at, text, parser->token.length) == 0;
}

static bool accept(struct parser *parser, enum token_kind kind, const char *text) {
    if (!token_is(parser, kind, text)) {
        return false;
    }
    advance(parser);
    return true;
}

/* ---- failures */

static int32_t column_of(const struct parser *parser, const char *at) {
    return (int32_t)(at - parser->text) + 1;
}

/* Fails at the current token with `expected`, or with "too deep" if it is NULL. */
static enum pioneer_status fail_expected(struct parser *parser, const char *expected) {
    int32_t column = column_of(parser, parser->token.at);
    enum pioneer_status status =
        expected == NULL ? pnr_fail(parser->error, PIONEER_E_INVALID, "bad-expression", NULL,
                                    "At column %d the expression is nested too deeply.", (int)column)
        : parser->token.kind == TOKEN_END
            ? pnr_fail(parser->error, PIONEER_E_INVALID, "bad-expression", NULL,
                       "The expression ends where %s is expected.", expected)
            : pnr_fail(parser->error, PIONEER_E_INVALID, "bad-expression", NULL,
                       "At column %d of the expression, %s is expected.", (int)column, expected);
    if (parser->error != NULL) {
        parser->error->column = column;
    }
    return status;
}

static enum pioneer_status fail_unknown(struct parser *parser, const char *what, const char *word,
                                        const char *nearest, const char *at) {
    char code[48] = "unknown-";
    strcat(code, what);
    enum pioneer_status status =
        nearest != NULL
            ? pnr_fail(parser->error, PIONEER_E_INVALID, code, NULL,
                       "The expression names the %s \"%s\", which does not exist; did you mean \"%s\"?", what,
                       word, nearest)
            : pnr_fail(parser->error, PIONEER_E_INVALID, code, NULL,
                       "The expression names the %s \"%s\", which does not exist.", what, word);
    if (parser->error != NULL) {
        parser->error->column = column_of(parser, at);
    }
    return status;
}

/* ---- nodes */

static enum pioneer_status new_node(struct parser *parser, enum node_kind kind, struct pnr_expression **out) {
    *out = pnr_arena_alloc(parser->arena, 1, sizeof **out);
    if (*out == NULL) {
        return pnr_fail_no_memory(parser->error);
    }
    (*out)->kind = kind;
    return PIONEER_OK;
}

static enum pioneer_status take_text(struct parser *parser, char **out) {
    *out = pnr_arena_alloc(parser->arena, parser->token.length + 1, 1);
    if (*out == NULL) {
        return pnr_fail_no_memory(parser->error);
    }
    memcpy(*out, parser->token.at, parser->token.length);
    advance(parser);
    return PIONEER_OK;
}

static const struct pnr_index *index_of(struct parser *parser, enum pnr_kind kind) {
    if (!parser->is_indexed[kind]) {
        if (!pnr_index_build(&parser->index[kind], parser->campaign, kind)) {
            pnr_index_fini(&parser->index[kind]);
            return NULL;
        }
        parser->is_indexed[kind] = true;
    }
    return &parser->index[kind];
}

static int compare_ids(const void *left, const void *right) {
    const char *const *a = left;
    const char *const *b = right;
    return strcmp(*a, *b);
}

enum below { UNKNOWN, ON_THE_WAY, BELOW_TOP, ELSEWHERE };

/* Walks up from a unit until the answer is known and writes it to all units passed. A tree that is no tree
 * must not hang: a unit met twice on the way is elsewhere. */
static void mark_unit(const struct pioneer_campaign *campaign, const struct pnr_index *units, int32_t unit,
                      int32_t top, uint8_t *below) {
    int32_t at = unit;
    while (at >= 0 && at != top && below[at] == UNKNOWN) {
        below[at] = ON_THE_WAY;
        at = pnr_index_find(units, campaign->units.items[at].parent);
    }
    bool is_below = at >= 0 && (at == top || below[at] == BELOW_TOP);
    at = unit;
    while (at >= 0 && at != top && below[at] == ON_THE_WAY) {
        below[at] = is_below ? BELOW_TOP : ELSEWHERE;
        at = pnr_index_find(units, campaign->units.items[at].parent);
    }
}

/* The units at or below `top`. */
static enum pioneer_status collect_units(struct parser *parser, const struct pnr_index *units, int32_t top,
                                         struct pnr_expression *node) {
    size_t count = (size_t)parser->campaign->units.count;
    uint8_t *below = pnr_arena_alloc(parser->arena, count, sizeof *below);
    node->ids = pnr_arena_alloc(parser->arena, count, sizeof *node->ids);
    if (below == NULL || node->ids == NULL) {
        return pnr_fail_no_memory(parser->error);
    }
    below[top] = BELOW_TOP;
    for (int32_t i = 0; i < parser->campaign->units.count; i++) {
        mark_unit(parser->campaign, units, i, top, below);
        if (below[i] == BELOW_TOP) {
            node->ids[node->id_count++] = parser->campaign->units.items[i].id;
        }
    }
    qsort(node->ids, (size_t)node->id_count, sizeof *node->ids, compare_ids);
    return PIONEER_OK;
}

static enum pioneer_status collect_zone(struct parser *parser, const char *zone,
                                        struct pnr_expression *node) {
    int32_t count = parser->campaign->sites.count;
    node->ids = pnr_arena_alloc(parser->arena, (size_t)count, sizeof *node->ids);
    if (node->ids == NULL) {
        return pnr_fail_no_memory(parser->error);
    }
    for (int32_t i = 0; i < count; i++) {
        const struct pioneer_site *site = &parser->campaign->sites.items[i];
        if (strcmp(site->zone, zone) == 0) {
            node->ids[node->id_count++] = site->id;
        }
    }
    qsort(node->ids, (size_t)node->id_count, sizeof *node->ids, compare_ids);
    return PIONEER_OK;
}

static enum pioneer_status collect_site(struct parser *parser, int32_t site, struct pnr_expression *node) {
    node->ids = pnr_arena_alloc(parser->arena, 1, sizeof *node->ids);
    if (node->ids == NULL) {
        return pnr_fail_no_memory(parser->error);
    }
    node->ids[0] = parser->campaign->sites.items[site].id;
    node->id_count = 1;
    return PIONEER_OK;
}

/* ---- values */

static const char *const status_words[] = {"other", "party", "probationary", "prospect", "activist"};
static const char *const role_words[] = {"other", "office", "teacher", "student"};

static enum pioneer_status resolve_word(struct parser *parser, const char *what, const char *const *words,
                                        int32_t count, const char *at, struct pnr_expression *node) {
    for (int32_t i = 0; i < count; i++) {
        if (strcmp(words[i], node->word) == 0) {
            node->value = i;
            return PIONEER_OK;
        }
    }
    return fail_unknown(parser, what, node->word, pnr_nearest_word(node->word, words, count), at);
}

static enum pioneer_status resolve_id(struct parser *parser, enum pnr_kind kind, const char *at,
                                      struct pnr_expression *node) {
    const struct pnr_index *index = index_of(parser, kind);
    if (index == NULL) {
        return pnr_fail_no_memory(parser->error);
    }
    node->value = pnr_index_find(index, node->word);
    if (node->value < 0) {
        return fail_unknown(parser, pnr_kind_name(kind), node->word, pnr_index_nearest(index, node->word),
                            at);
    }
    if (kind == PNR_KIND_UNIT) {
        return collect_units(parser, index, node->value, node);
    }
    return kind == PNR_KIND_SITE ? collect_site(parser, node->value, node) : PIONEER_OK;
}

static enum pioneer_status resolve(struct parser *parser, const char *at, struct pnr_expression *node) {
    switch (node->kind) {
    case NODE_MEMBER:
        return resolve_id(parser, PNR_KIND_MEMBER, at, node);
    case NODE_UNIT:
        return resolve_id(parser, PNR_KIND_UNIT, at, node);
    case NODE_SITE:
        return resolve_id(parser, PNR_KIND_SITE, at, node);
    case NODE_STATUS:
        return resolve_word(parser, "status", status_words, 5, at, node);
    case NODE_ROLE:
        return resolve_word(parser, "role", role_words, 4, at, node);
    case NODE_ZONE:
        return collect_zone(parser, node->word, node);
    default:
        return PIONEER_OK;
    }
}

static enum pioneer_status parse_value(struct parser *parser, enum node_kind kind,
                                       struct pnr_expression **out) {
    if (parser->token.kind != TOKEN_WORD && parser->token.kind != TOKEN_QUOTED) {
        return fail_expected(parser, "a value");
    }
    const char *at = parser->token.at;
    char *word;
    enum pioneer_status status = new_node(parser, kind, out);
    if (status == PIONEER_OK) {
        status = take_text(parser, &word);
    }
    if (status == PIONEER_OK) {
        (*out)->word = word;
        status = resolve(parser, at, *out);
    }
    return status;
}

/* ---- tests */

static enum pioneer_status parse_list(struct parser *parser, enum node_kind kind,
                                      struct pnr_expression **out) {
    if (!accept(parser, TOKEN_SIGN, "(")) {
        return fail_expected(parser, "\"(\"");
    }
    enum pioneer_status status = new_node(parser, NODE_OR, out);
    struct pnr_expression **link = status == PIONEER_OK ? &(*out)->first : NULL;
    while (status == PIONEER_OK) {
        status = parse_value(parser, kind, link);
        if (status != PIONEER_OK) {
            return status;
        }
        link = &(*link)->next;
        if (!accept(parser, TOKEN_SIGN, ",")) {
            return accept(parser, TOKEN_SIGN, ")") ? PIONEER_OK : fail_expected(parser, "\",\" or \")\"");
        }
    }
    return status;
}

static enum pioneer_status parse_field_test(struct parser *parser, enum node_kind kind,
                                            struct pnr_expression **out) {
    if (accept(parser, TOKEN_SIGN, "=")) {
        return parse_value(parser, kind, out);
    }
    if (accept(parser, TOKEN_SIGN, "!=")) {
        enum pioneer_status status = new_node(parser, NODE_NOT, out);
        return status == PIONEER_OK ? parse_value(parser, kind, &(*out)->first) : status;
    }
    if (accept(parser, TOKEN_WORD, "in")) {
        return parse_list(parser, kind, out);
    }
    return fail_expected(parser, "\"=\", \"!=\" or \"in\"");
}

static bool take_comparison(struct parser *parser, enum comparison *out) {
    static const char *const signs[] = {">=", "<=", "=", ">", "<"};
    for (int32_t i = 0; i < 5; i++) {
        if (accept(parser, TOKEN_SIGN, signs[i])) {
            *out = (enum comparison)i;
            return true;
        }
    }
    return false;
}

static bool take_integer(struct parser *parser, int32_t *out) {
    if (parser->token.kind != TOKEN_WORD || parser->token.length > 9) {
        return false;
    }
    int32_t value = 0;
    for (size_t i = 0; i < parser->token.length; i++) {
        char digit = parser->token.at[i];
        if (digit < '0' || digit > '9') {
            return false;
        }
        value = value * 10 + (digit - '0');
    }
    *out = value;
    advance(parser);
    return true;
}

#define RATING_PREFIX "rating."

/* The name may be quoted: rating."外语 口语" >= 60. */
static enum pioneer_status parse_rating(struct parser *parser, struct pnr_expression **out) {
    size_t prefix = strlen(RATING_PREFIX);
    char *name;
    if (parser->token.length == prefix) {
        advance(parser);
        if (parser->token.kind != TOKEN_QUOTED) {
            return fail_expected(parser, "the name of a rating");
        }
    } else {
        parser->token.at += prefix;
        parser->token.length -= prefix;
    }
    enum pioneer_status status = new_node(parser, NODE_RATING, out);
    if (status == PIONEER_OK) {
        status = take_text(parser, &name);
    }
    if (status != PIONEER_OK) {
        return status;
    }
    (*out)->word = name;
    if (!take_comparison(parser, &(*out)->comparison)) {
        return fail_expected(parser, "\">=\", \"<=\", \"=\", \">\" or \"<\"");
    }
    return take_integer(parser, &(*out)->value) ? PIONEER_OK : fail_expected(parser, "a whole number");
}

static enum pioneer_status parse_test(struct parser *parser, struct pnr_expression **out) {
    static const struct {
        const char *field;
        enum node_kind kind;
    } fields[] = {{"member", NODE_MEMBER}, {"unit", NODE_UNIT}, {"status", NODE_STATUS}, {"role", NODE_ROLE},
                  {"tag", NODE_TAG},       {"site", NODE_SITE}, {"zone", NODE_ZONE}};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (accept(parser, TOKEN_WORD, fields[i].field)) {
            return parse_field_test(parser, fields[i].kind, out);
        }
    }
    if (parser->token.kind == TOKEN_WORD && parser->token.length >= strlen(RATING_PREFIX) &&
        memcmp(parser->token.at, RATING_PREFIX, strlen(RATING_PREFIX)) == 0) {
        return parse_rating(parser, out);
    }
    return fail_expected(parser, "a test such as \"status = party\"");
}

/* ---- and, or, not */

static enum pioneer_status parse_or(struct parser *parser, struct pnr_expression **out);

static enum pioneer_status parse_nested(struct parser *parser, struct pnr_expression **out) {
    enum pioneer_status status = parse_or(parser, out);
    if (status != PIONEER_OK) {
        return status;
    }
    return accept(parser, TOKEN_SIGN, ")") ? PIONEER_OK : fail_expected(parser, "\")\"");
}

static enum pioneer_status parse_not(struct parser *parser, struct pnr_expression **out) {
    if (parser->depth >= PNR_EXPRESSION_DEPTH) {
        return fail_expected(parser, NULL);
    }
    parser->depth++;
    enum pioneer_status status;
    if (accept(parser, TOKEN_WORD, "not")) {
        status = new_node(parser, NODE_NOT, out);
        if (status == PIONEER_OK) {
            status = parse_not(parser, &(*out)->first);
        }
    } else if (accept(parser, TOKEN_SIGN, "(")) {
        status = parse_nested(parser, out);
    } else if (accept(parser, TOKEN_WORD, "anyone")) {
        status = new_node(parser, NODE_ANYONE, out);
    } else if (accept(parser, TOKEN_WORD, "nobody")) {
        status = new_node(parser, NODE_NOBODY, out);
    } else {
        status = parse_test(parser, out);
    }
    parser->depth--;
    return status;
}

typedef enum pioneer_status parse_fn(struct parser *parser, struct pnr_expression **out);

/* Operands joined by one word become children of one node, so that long chains stay shallow. */
static enum pioneer_status parse_chain(struct parser *parser, const char *word, enum node_kind kind,
                                       parse_fn *parse_operand, struct pnr_expression **out) {
    struct pnr_expression *first = NULL;
    enum pioneer_status status = parse_operand(parser, &first);
    if (status != PIONEER_OK || !token_is(parser, TOKEN_WORD, word)) {
        *out = first;
        return status;
    }
    status = new_node(parser, kind, out);
    if (status != PIONEER_OK) {
        return status;
    }
    (*out)->first = first;
    struct pnr_expression **link = &first->next;
    while (status == PIONEER_OK && accept(parser, TOKEN_WORD, word)) {
        status = parse_operand(parser, link);
        link = status == PIONEER_OK ? &(*link)->next : link;
    }
    return status;
}

static enum pioneer_status parse_and(struct parser *parser, struct pnr_expression **out) {
    return parse_chain(parser, "and", NODE_AND, parse_not, out);
}

static enum pioneer_status parse_or(struct parser *parser, struct pnr_expression **out) {
    return parse_chain(parser, "or", NODE_OR, parse_and, out);
}

enum pioneer_status pnr_expression_parse(const struct pioneer_campaign *campaign, const char *text,
                                         struct pnr_arena *arena, struct pnr_expression **out,
                                         struct pioneer_error *error) {
    struct parser parser = {.campaign = campaign, .text = text, .next = text, .arena = arena, .error = error};
    struct pnr_expression *expression = NULL;
    enum pioneer_status status;
    *out = NULL;
    if (text == NULL || text[0] == '\0') {
        status = new_node(&parser, NODE_ANYONE, &expression);
    } else {
        advance(&parser);
        status = parse_or(&parser, &expression);
        if (status == PIONEER_OK && parser.token.kind != TOKEN_END) {
            status = fail_expected(&parser, "\"and\", \"or\" or the end");
        }
    }
    for (int32_t kind = 0; kind < PNR_KIND_COUNT; kind++) {
        if (parser.is_indexed[kind]) {
            pnr_index_fini(&parser.index[kind]);
        }
    }
    *out = status == PIONEER_OK ? expression : NULL;
    return status;
}

/* ---- evaluation */

static bool is_listed(const struct pnr_expression *node, const char *id) {
    return id != NULL && node->id_count > 0 &&
           bsearch(&id, node->ids, (size_t)node->id_count, sizeof *node->ids, compare_ids) != NULL;
}

static bool has_tag(const struct pioneer_member *member, const char *tag) {
    for (int32_t i = 0; i < member->tag_count; i++) {
        if (strcmp(member->tags[i], tag) == 0) {
            return true;
        }
    }
    return false;
}

static int32_t rating_of(const struct pioneer_member *member, const char *name) {
    for (int32_t i = 0; i < member->rating_count; i++) {
        if (strcmp(member->ratings[i].name, name) == 0) {
            return member->ratings[i].value;
        }
    }
    return 0;
}

static bool compares(int32_t value, enum comparison comparison, int32_t with) {
    switch (comparison) {
    case AT_LEAST:
        return value >= with;
    case AT_MOST:
        return value <= with;
    case EQUAL:
        return value == with;
    case ABOVE:
        return value > with;
    case BELOW:
        return value < with;
    }
    return false;
}

static bool any_operand(const struct pnr_expression *node, const struct pioneer_campaign *campaign,
                        int32_t member, bool wanted) {
    for (const struct pnr_expression *operand = node->first; operand != NULL; operand = operand->next) {
        if (pnr_expression_holds(operand, campaign, member) == wanted) {
            return true;
        }
    }
    return false;
}

bool pnr_expression_holds(const struct pnr_expression *expression, const struct pioneer_campaign *campaign,
                          int32_t member) {
    const struct pioneer_member *who = &campaign->members.items[member];
    switch (expression->kind) {
    case NODE_ANYONE:
        return true;
    case NODE_NOBODY:
        return false;
    case NODE_OR:
        return any_operand(expression, campaign, member, true);
    case NODE_AND:
        return !any_operand(expression, campaign, member, false);
    case NODE_NOT:
        return !pnr_expression_holds(expression->first, campaign, member);
    case NODE_MEMBER:
        return expression->value == member;
    case NODE_UNIT:
        return is_listed(expression, who->unit);
    case NODE_STATUS:
        return (int32_t)who->status == expression->value;
    case NODE_ROLE:
        return (int32_t)who->role == expression->value;
    case NODE_TAG:
        return has_tag(who, expression->word);
    case NODE_SITE:
    case NODE_ZONE:
        return is_listed(expression, who->home_site);
    case NODE_RATING:
        return compares(rating_of(who, expression->word), expression->comparison, expression->value);
    }
    return false;
}

bool pnr_expression_words(const struct pnr_expression *expression, pnr_word_fn *each, void *context) {
    bool go_on = true;
    if (expression->kind == NODE_TAG) {
        return each(context, PNR_WORD_TAG, expression->word);
    }
    if (expression->kind == NODE_RATING) {
        return each(context, PNR_WORD_RATING, expression->word);
    }
    if (expression->kind == NODE_ZONE) {
        return each(context, PNR_WORD_ZONE, expression->word);
    }
    for (const struct pnr_expression *operand = expression->first; go_on && operand != NULL;
         operand = operand->next) {
        go_on = pnr_expression_words(operand, each, context);
    }
    return go_on;
}
