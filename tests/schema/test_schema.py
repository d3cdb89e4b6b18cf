# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schemas say what the library's tables say, take every good file, and refuse every misspelt key."""

import copy
import json
import os
import pathlib
import re
import subprocess

import jsonschema
import pytest

import shapes

SOURCE = pathlib.Path(os.environ["PIONEER_SOURCE"])
CORPUS = SOURCE / "tests" / "fuzz" / "corpus"
DOCUMENTS = ["campaign", "roster"]


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


def schema_of(document):
    return load(SOURCE / "docs" / f"{document}.schema.json")


def dump_of(document):
    return json.loads(subprocess.run([os.environ["PIONEER_DUMP"], document], check=True, capture_output=True).stdout)


def validator_of(document):
    return jsonschema.Draft202012Validator(schema_of(document))


def is_properties(name, value):
    return name in ("properties", "$defs") and isinstance(value, dict)


def without_descriptions(schema):
    if isinstance(schema, list):
        return [without_descriptions(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {name: {key: without_descriptions(item) for key, item in value.items()} if is_properties(name, value)
            else without_descriptions(value)
            for name, value in schema.items() if name not in ("description", "title")}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_schema_is_one(document):
    jsonschema.Draft202012Validator.check_schema(schema_of(document))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_schema_says_what_the_tables_say(document):
    found = without_descriptions(schema_of(document))
    expected = shapes.schema_of(dump_of(document))
    for name, value in expected["$defs"].items():
        assert found["$defs"].get(name) == value, name
    assert found == expected


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_key_is_described(document):
    schema = schema_of(document)
    for name, value in [(document, schema), *schema["$defs"].items()]:
        assert value["description"], name
        for key, described in value.get("properties", {}).items():
            assert described["description"], f"{name}.{key}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_key_is_in_the_reference(document):
    text = (SOURCE / "docs" / "format.md").read_text(encoding="utf-8")
    known = set(re.findall(r"`\"?([a-z_]+)\"?`", text))
    schema = schema_of(document)
    keys = {key for value in [schema, *schema["$defs"].values()] for key in value.get("properties", {})}
    words = {word for value in schema["$defs"].values() for key in value.get("properties", {}).values()
             for word in key.get("enum", ()) if key is not value.get("properties", {}).get("kind")}
    assert sorted(keys - known) == []
    assert sorted(words - known) == []


GOOD = [("campaign", path) for path in sorted((SOURCE / "docs" / "examples").glob("*.json"))]
GOOD += [("campaign", CORPUS / "campaign" / name) for name in ("full.json", "mini.json", "escapes.json")]
GOOD += [("roster", CORPUS / "roster" / name) for name in ("full.json", "empty-roster.json")]


@pytest.mark.parametrize("document,path", GOOD, ids=lambda value: getattr(value, "name", value))
def test_schema_takes_every_good_file(document, path):
    assert [error.message for error in validator_of(document).iter_errors(load(path))] == []


def test_schema_takes_the_template():
    assert list(validator_of("campaign").iter_errors(dump_of("template"))) == []


BAD = [("campaign", name) for name in ("typo", "negative", "huge", "fraction", "future", "roster-file", "nan")]
BAD += [("roster", name) for name in ("bad-outcome", "inexact")]


@pytest.mark.parametrize("document,name", BAD)
def test_schema_refuses_bad_files(document, name):
    instance = load(CORPUS / document / f"{name}.json")
    assert not validator_of(document).is_valid(instance)


def objects_of(value, path=()):
    """The paths of all objects inside a value, ratings aside, whose keys are free."""
    if isinstance(value, dict) and path[-1:] != ("ratings",):
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from objects_of(item, (*path, key))


def at(value, path):
    for key in path:
        value = value[key]
    return value


def misspelt_copies(instance):
    seen = set()
    for path in objects_of(instance):
        kind = tuple(key for key in path if isinstance(key, str))
        for key in at(instance, path):
            if (kind, key) not in seen:
                seen.add((kind, key))
                other = copy.deepcopy(instance)
                place = at(other, path)
                place[key + "s"] = place.pop(key)
                yield "/".join((*kind, key)), other


@pytest.mark.parametrize("document", DOCUMENTS)
def test_schema_refuses_every_misspelt_key(document):
    validator = validator_of(document)
    count = 0
    for name, instance in misspelt_copies(load(CORPUS / document / "full.json")):
        assert not validator.is_valid(instance), name
        count += 1
    assert count > (120 if document == "campaign" else 30)
