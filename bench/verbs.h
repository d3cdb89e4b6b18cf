/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The verbs of pioneer-bench. */
#ifndef BENCH_VERBS_H
#define BENCH_VERBS_H

#include "bench.h"

/* Each parses its own arguments; argv[0] is the word that messages start with. */
enum bench_exit bench_verb_curtois(int argc, char **argv);
enum bench_exit bench_verb_inrc2(int argc, char **argv);
enum bench_exit bench_verb_judge(int argc, char **argv);

/* One line on standard error. Returns the error's code. */
enum bench_exit bench_report(const char *program, const struct bench_error *error);

#endif
