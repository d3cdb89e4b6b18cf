# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON Schema that follows from the library's tables of keys, descriptions aside."""

EXACT = 2**53 - 1
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DATE = "(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
TIME = "([01][0-9]|2[0-3]):[0-5][0-9]"
TEXT_FORMS = {
    "date": f"^{DATE}$",
    "moment": f"^{DATE}T({TIME}|24:00)$",
    "time": f"^{TIME}$",
    "end": "^(([0-3][0-9]|4[0-7]):[0-5][0-9]|48:00)$",
}


def number_of(low, high):
    if high <= EXACT:
        return {"type": "integer", "minimum": low, "maximum": high}
    sign = "-?" if low < 0 else ""
    return {"anyOf": [{"type": "integer", "minimum": max(low, -EXACT), "maximum": EXACT},
                      {"type": "string", "pattern": f"^{sign}(0|[1-9][0-9]*)$"}]}


def value_of(key):
    """The schema of the value of one key."""
    form = key["form"]
    if form in ("one_date", "span_date"):
        form = "date"
    if form in TEXT_FORMS:
        return {"$ref": f"#/$defs/{form}"}
    if form == "dates":
        return {"type": "array", "items": {"$ref": "#/$defs/date"}}
    if form == "texts":
        return {"type": "array", "items": {"type": "string"}, **({"minItems": 1} if key["required"] else {})}
    if form == "weekdays":
        return {"type": "array", "items": {"enum": WEEKDAYS}, "minItems": 1}
    if form == "records":
        return {"type": "array", "items": {"$ref": f"#/$defs/{key['of']}"}}
    if form == "group":
        return {"$ref": f"#/$defs/{key['of']}"}
    if form == "ratings":
        return {"type": "object", "additionalProperties": number_of(key["low"], key["high"])}
    return {
        "text": lambda: {"type": "string"},
        "flag": lambda: {"type": "boolean"},
        "choice": lambda: {"enum": key["words"]},
        "number": lambda: number_of(key["low"], key["high"]),
        "long": lambda: number_of(key["low"], key["high"]),
        "seed": lambda: number_of(0, 2**64 - 1),
    }[form]()


def object_of(keys):
    schema = {"type": "object", "additionalProperties": False,
              "properties": {key["name"]: value_of(key) for key in keys}}
    required = [key["name"] for key in keys if key["required"]]
    if required:
        schema["required"] = required
    if any(key["form"] == "one_date" for key in keys):
        span = [key["name"] for key in keys if key["form"] == "span_date"]
        schema["oneOf"] = [{"required": ["date"], "not": {"anyOf": [{"required": [name]} for name in span]}},
                           {"required": span, "not": {"required": ["date"]}}]
    return schema


def schema_of(dump):
    """The schema of a whole file."""
    root = object_of(dump["shapes"][dump["head"]])
    root["properties"] = {
        "format": {"const": dump["format"]},
        "version": {"const": dump["version"]},
        **root["properties"],
        **{name: {"type": "array", "items": {"$ref": f"#/$defs/{shape}"}}
           for name, shape in dump["sections"].items()},
    }
    root["required"] = ["format", "version", *root.get("required", [])]
    defs = {name: object_of(keys) for name, keys in dump["shapes"].items() if name != dump["head"]}
    used = str(root) + str(defs)
    texts = {name: {"type": "string", "pattern": pattern} for name, pattern in TEXT_FORMS.items()
             if f"#/$defs/{name}'" in used}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **root, "$defs": {**texts, **defs}}
