/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The compiled catalogues, which the build embeds. */
#ifndef PNR_TEXT_CATALOGUE_H
#define PNR_TEXT_CATALOGUE_H

#include <stddef.h>

/** A GNU .mo file with numbers in little-endian order, as po/zh.po compiles to. */
extern const unsigned char pnr_catalogue_zh[];
extern const size_t pnr_catalogue_zh_size;

#endif
