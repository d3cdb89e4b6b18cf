/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which LP solver the library was built with. */
#include <glpk.h>

#include <pioneer/solve.h>

#define TEXT_OF(number)  #number
#define VERSION_OF(a, b) "GLPK " TEXT_OF(a) "." TEXT_OF(b)

const char *pioneer_solver_version(void) {
    return VERSION_OF(GLP_MAJOR_VERSION, GLP_MINOR_VERSION);
}
