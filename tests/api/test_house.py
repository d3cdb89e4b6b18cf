#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The house rules that a machine can see: short functions, few parameters, narrow lines, one file head."""

import pathlib
import re
import statistics
import sys

from tap import Tap

LINES_MAX = 120
PARAMETERS_MAX = 7
COLUMNS_MAX = 110

# clang-format puts the head of a function at column 0 and its closing brace alone there.
FUNCTION = re.compile(r"^(?!typedef|struct \w+ \{|enum|union|#|/)([A-Za-z_][^;{}=#]*?\))\s*\{\n(.*?)^\}", re.M | re.S)


def functions_of(text):
    """(name, parameters, lines) of every function."""
    for head, body in FUNCTION.findall(text):
        name = re.search(r"(\w+)\s*\(", head).group(1)
        arguments = head[head.index("(") + 1 : -1]
        depth_0 = re.sub(r"\([^()]*\)", "", arguments)
        parameters = 0 if depth_0.strip() in ("", "void") else depth_0.count(",") + 1
        yield name, parameters, body.count("\n") + head.count("\n") + 2


def test_parser(tap):
    sample = "static int f(int a, void (*g)(int, int),\n             int c) {\n    if (a) {\n    }\n    return 0;\n}\n"
    found = list(functions_of("struct s {\n    int a;\n};\n" + sample))
    tap.case("the reader of functions counts what it sees", [] if found == [("f", 3, 6)] else [str(found)])


def main(root):
    tap = Tap()
    test_parser(tap)
    folders = ("libpioneer", "bindings/cli", "bench")
    files = [file for folder in folders for file in root.glob(f"{folder}/**/*.[ch]")]
    headers = list(root.glob("include/pioneer/*.h"))
    texts = {path.relative_to(root): path.read_text(encoding="utf-8") for path in sorted(files + headers)}
    functions = [(path, *function) for path, text in texts.items() for function in functions_of(text)]
    lengths = [lines for _, _, _, lines in functions]
    print(f"# {len(functions)} functions, median {statistics.median(lengths)} lines, longest {max(lengths)}")
    tap.case(f"no function has more than {LINES_MAX} lines",
             [f"{path}: {name} has {lines}" for path, name, _, lines in functions if lines > LINES_MAX])
    tap.case(f"no function has more than {PARAMETERS_MAX} parameters",
             [f"{path}: {name} has {count}" for path, name, count, _ in functions if count > PARAMETERS_MAX])
    tap.case(f"no line has more than {COLUMNS_MAX} columns",
             [f"{path}:{number}" for path, text in texts.items()
              for number, line in enumerate(text.splitlines(), 1) if len(line) > COLUMNS_MAX])
    tap.case("every file starts with its licence and one sentence",
             [str(path) for path, text in texts.items()
              if not text.startswith("/* SPDX-License-Identifier: GPL-3.0-or-later */\n/*")])
    tap.finish()


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
