# SPDX-License-Identifier: GPL-3.0-or-later
"""The declarations of the public headers, in the form that cffi reads. The headers are the only copy."""

from __future__ import annotations

import pathlib
import re
import sys

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.S)
_INCLUDE = re.compile(r"#\s*include\s*<pioneer/([\w.]+)>")
_GUARD = re.compile(r"#\s*ifndef\s+PIONEER_\w+_H\b")
_CONDITION = re.compile(r"#\s*if")
_END = re.compile(r"#\s*endif")
_MACRO = re.compile(r"#\s*define\s+(\w+)\(([\w\s,]*)\)\s*(.+)")
_CONSTANT = re.compile(r"#\s*define\s+(\w+)\s+(-?\d+)\s*$")
_NAME = re.compile(r"#\s*define\s+(\w+)")


class _Reader:
    """Reads headers in the order in which they include each other, each once.

    Whatever stands in a conditional other than an include guard speaks to compilers; a macro defined there
    marks functions (PIONEER_API) and is deleted wherever it stands.
    """

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self.seen: set[str] = set()
        self.lines: list[str] = []
        self.macros: dict[str, tuple[list[str], str]] = {}
        self.markers: set[str] = set()

    def read(self, name: str) -> None:
        if name in self.seen:
            return
        self.seen.add(name)
        path = self.folder / name
        if not path.exists():
            path = self.folder / (name + ".in")
        text = _COMMENT.sub(" ", path.read_text(encoding="utf-8")).replace("\\\n", " ")
        depth = 0  # of conditionals that are not include guards
        guards = 0
        for line in text.splitlines():
            if _GUARD.match(line) and depth == 0:
                guards += 1
            elif _CONDITION.match(line):
                depth += 1
            elif _END.match(line):
                depth, guards = (depth - 1, guards) if depth else (0, guards - 1)
            elif depth:
                self._skip(line)
            else:
                self._keep(line)

    def _skip(self, line: str) -> None:
        define = _NAME.match(line)
        if define:
            self.markers.add(define.group(1))

    def _keep(self, line: str) -> None:
        include, macro = _INCLUDE.match(line), _MACRO.match(line)
        if include:
            self.read(include.group(1))
        elif macro:
            self.macros[macro.group(1)] = ([p.strip() for p in macro.group(2).split(",")], macro.group(3))
        elif _CONSTANT.match(line) or not line.lstrip().startswith("#"):
            self.lines.append(line.rstrip())

    def _expand(self, text: str) -> str:
        for name, (parameters, body) in self.macros.items():

            def replace(match: re.Match[str], parameters: list[str] = parameters, body: str = body) -> str:
                out = body
                for parameter, argument in zip(parameters, match.group(1).split(",")):
                    out = re.sub(r"(\s*##\s*)?\b%s\b(\s*##\s*)?" % parameter, argument.strip(), out)
                return out

            text = re.sub(r"\b%s\(([^()]*)\)" % name, replace, text)
        return text

    def result(self) -> str:
        text = self._expand("\n".join(self.lines))
        if self.markers:
            text = re.sub(r"\b(?:%s)\b[ \t]*" % "|".join(sorted(self.markers)), "", text)
        return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"


def declarations(folder: pathlib.Path) -> str:
    """What the headers in `folder` declare, all of them."""
    reader = _Reader(folder)
    for path in sorted(folder.glob("*.h*")):
        if path.name.endswith((".h", ".h.in")):
            reader.read(path.name[:-3] if path.name.endswith(".in") else path.name)
    return reader.result()


if __name__ == "__main__":
    sys.stdout.write(declarations(pathlib.Path(sys.argv[1])))
