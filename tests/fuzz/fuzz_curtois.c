/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the reader of Curtois & Qu instances: what it takes can be judged, written, and made a campaign. */
#include <stdlib.h>
#include <string.h>

#include "curtois/campaign.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

/* Every employee works the first shift on every second day, which breaks rules and pays for most things. */
static int32_t *some_grid(const struct curtois_instance *instance) {
    int32_t *grid = curtois_grid_new(instance);
    require(grid != NULL);
    for (int32_t i = 0; i < instance->employee_count * instance->day_count; i += 2) {
        grid[i] = 0;
    }
    return grid;
}

static void write_and_read(const struct curtois_instance *instance, const int32_t *grid) {
    struct bench_error error = {0};
    size_t length = 0;
    int32_t *again = NULL;
    char *text = curtois_solution_write(instance, grid, &length);
    require(text != NULL);
    require(curtois_solution_read(instance, "solution", text, length, &again, &error));
    require(memcmp(grid, again,
                   (size_t)instance->employee_count * (size_t)instance->day_count * sizeof *grid) == 0);
    free(again);
    free(text);
}

/* A campaign may refuse an id or a weight that the format allows; it then says why. */
static void make_campaign(const struct curtois_instance *instance) {
    struct bench_error error = {0};
    struct pioneer_campaign *campaign = NULL;
    bool is_made = curtois_campaign(instance, "fuzz", &campaign, &error);
    require(is_made == (campaign != NULL));
    require(is_made || (error.code == BENCH_BAD_INPUT && error.message[0] != '\0'));
    pioneer_campaign_free(campaign);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct bench_error error = {0};
    struct curtois_instance *instance = NULL;
    bool is_read = curtois_read("fuzz", (const char *)bytes, size, &instance, &error);
    require(is_read == (instance != NULL));
    if (!is_read) {
        require(error.code == BENCH_BAD_INPUT && error.message[0] != '\0');
        return 0;
    }
    struct curtois_verdict verdict;
    int32_t *grid = some_grid(instance);
    require(curtois_judge(instance, grid, &verdict));
    curtois_verdict_fini(&verdict);
    write_and_read(instance, grid);
    make_campaign(instance);
    free(grid);
    curtois_free(instance);
    return 0;
}
