# SPDX-License-Identifier: GPL-3.0-or-later
"""What the package reads from the headers is what a C compiler reads."""

import os
import pathlib
import re
import shutil
import subprocess

import pytest

import pioneer
from pioneer import _cdef, _library
from pioneer._library import ffi, lib

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("PIONEER_BUILD", ROOT / "build"))
HEADERS = sorted(path.name for path in (ROOT / "include" / "pioneer").glob("*.h"))


def exported_names():
    text = (ROOT / "libpioneer" / "pioneer.map").read_text(encoding="utf-8")
    return re.findall(r"\b(pioneer_\w+);", text)


def test_every_exported_function_is_declared_and_found():
    names = exported_names()
    assert len(names) > 50
    assert [name for name in names if not hasattr(lib, name)] == []


def test_no_declaration_is_left_of_compilers_and_macros():
    text = _cdef.declarations(ROOT / "include" / "pioneer")
    assert not re.search(r"PIONEER_API|PIONEER_MUST_USE|PIONEER_DECLARE|__attribute__|##|#include|/\*", text)


def complete_structs():
    """Structs with fields; the others are handles."""
    names = [name for name in ffi.list_types()[1] if name.startswith("pioneer_")]
    return [name for name in names if ffi.typeof("struct " + name).fields is not None]


@pytest.mark.skipif(shutil.which("cc") is None, reason="there is no C compiler to compare with")
def test_every_struct_and_number_is_laid_out_as_a_compiler_does_it(tmp_path):
    expected, statements = [], []
    for name in complete_structs():
        expected.append(ffi.sizeof("struct " + name))
        statements.append(f'printf("%zu\\n", sizeof(struct {name}));')
        for field, detail in ffi.typeof("struct " + name).fields:
            expected.append(detail.offset)
            statements.append(f'printf("%zu\\n", offsetof(struct {name}, {field}));')
    for name in dir(lib):
        if name.startswith("PIONEER_"):
            expected.append(getattr(lib, name))
            statements.append(f'printf("%ld\\n", (long)({name}));')
    assert len(expected) > 300
    source = tmp_path / "layout.c"
    includes = "".join(f"#include <pioneer/{header}>\n" for header in HEADERS)
    source.write_text(
        "#include <stddef.h>\n#include <stdio.h>\n"
        + includes
        + "int main(void) {\n"
        + "\n".join(statements)
        + "\nreturn 0;\n}\n",
        encoding="utf-8",
    )
    program = tmp_path / "layout"
    subprocess.run(
        ["cc", "-std=c11", "-w", "-I", ROOT / "include", "-I", BUILD / "include", source, "-o", program],
        check=True,
    )
    output = subprocess.run([program], check=True, stdout=subprocess.PIPE, text=True).stdout
    assert [int(word) for word in output.split()] == expected


def test_a_library_that_is_missing_is_told_with_what_was_tried(monkeypatch):
    """Nothing to try leaves no empty brackets."""
    monkeypatch.setattr(_library, "_candidates", lambda: iter(()))
    with pytest.raises(pioneer.LibraryMissingError) as nothing:
        _library._open(_library.ffi)
    assert str(nothing.value).endswith("PIONEER_LIBRARY names its file")
    monkeypatch.setattr(_library, "_candidates", lambda: iter(["/nowhere/libpioneer.so"]))
    with pytest.raises(pioneer.LibraryMissingError, match=r"names its file \(.*/nowhere/libpioneer.so"):
        _library._open(_library.ffi)
