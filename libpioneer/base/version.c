/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The version of the running library. */
#include <pioneer/version.h>

int32_t pioneer_version(void) {
    return PIONEER_VERSION;
}

const char *pioneer_version_string(void) {
    return PIONEER_VERSION_STRING;
}
