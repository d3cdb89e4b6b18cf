/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The style and the script of the page, which the build embeds. */
#ifndef PNR_IO_HTML_PAGE_H
#define PNR_IO_HTML_PAGE_H

#include <stddef.h>

/* Each ends with a NUL; the hash is how the page's Content-Security-Policy names it. */
extern const unsigned char pnr_html_css[];
extern const size_t pnr_html_css_size;
extern const char pnr_html_css_hash[];
extern const unsigned char pnr_html_js[];
extern const size_t pnr_html_js_size;
extern const char pnr_html_js_hash[];

#endif
