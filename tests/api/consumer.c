/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program of another project: C11 and C++17 alike, built against the installed library only. */
#include <stdio.h>
#include <string.h>

#include <pioneer/status.h>
#include <pioneer/version.h>

int main(void) {
    if (pioneer_version() != PIONEER_VERSION ||
        strcmp(pioneer_version_string(), PIONEER_VERSION_STRING) != 0) {
        return 1;
    }
    printf("%s %s\n", pioneer_version_string(), pioneer_status_name(PIONEER_OK));
    return 0;
}
