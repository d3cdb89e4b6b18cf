#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes files as byte arrays of a C source: embed.py OUT.c HEADER NAME=FILE…

Each becomes `NAME[]`, with a NUL behind its bytes, and `NAME_size`, its length without it. A text that goes into a
page (.css, .js) also gets `NAME_hash`, the "sha256-…" by which the page's security policy knows it.
"""

import base64
import hashlib
import pathlib
import sys


def array(name, content):
    rows = [content[i : i + 20] for i in range(0, len(content), 20)]
    body = "".join("    " + " ".join(f"{byte}," for byte in row) + "\n" for row in rows)
    return f"const unsigned char {name}[] = {{\n{body}    0,\n}};\nconst size_t {name}_size = {len(content)};\n"


def main(out, header, *pairs):
    parts = [f'#include "{header}"\n']
    for pair in pairs:
        name, file = pair.split("=", 1)
        content = pathlib.Path(file).read_bytes()
        parts.append(array(name, content))
        if pathlib.Path(file).suffix in (".css", ".js"):
            digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
            parts.append(f'const char {name}_hash[] = "sha256-{digest}";\n')
    pathlib.Path(out).write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
