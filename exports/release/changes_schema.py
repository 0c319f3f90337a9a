"""The JSON Schema of `changes.json`, published beside it."""

_TEXTS = {
    "type": "object",
    "required": ["pl", "en"],
    "additionalProperties": False,
    "properties": {lang: {"type": "array", "items": {"type": "string"}} for lang in ("pl", "en")},
}
_TEXT = {
    "type": "object",
    "required": ["pl", "en"],
    "additionalProperties": False,
    "properties": {"pl": {"type": "string"}, "en": {"type": "string"}},
}
_CELL = {"type": ["string", "null"]}
_ROW = {"type": "object", "additionalProperties": _CELL}
_COUNT = {"type": "integer", "minimum": 0}
_SEVERITY = {"enum": ["none", "addition", "correction", "loss", "breaking"]}
_VERSION = {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"}


def _object(**properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _list(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


_NAMED_ROW = _object(name=_TEXT, row=_ROW)
_SCHEMA_CHANGE = _object(
    level={"enum": ["major", "minor", "patch"]},
    kind={"type": "string"},
    table={"type": "string"},
    column={"type": "string"},
    detail={"type": "string"},
)
_TABLE = _object(
    table={"type": "string"},
    dataset={"type": "string"},
    title=_TEXT,
    severity=_SEVERITY,
    new={"type": "boolean"},
    rekeyed={"type": "boolean"},
    rows_before=_COUNT,
    rows_after=_COUNT,
    added=_COUNT,
    removed=_COUNT,
    changed=_COUNT,
    columns={
        "type": "object",
        "additionalProperties": _object(gained=_COUNT, lost=_COUNT, corrected=_COUNT),
    },
    added_rows=_list(_NAMED_ROW),
    removed_rows=_list(_NAMED_ROW),
    changed_rows=_list(
        _object(
            name=_TEXT,
            key=_ROW,
            cells={"type": "object", "additionalProperties": _object(old=_CELL, new=_CELL)},
        )
    ),
)

CHANGES_SCHEMA: dict[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "What a release of the PIM open data changed",
    "description": (
        "Counts are of all rows. Rows are told of one by one up to a limit, in the order of "
        "their key, with the column names and labels of the English package; null is a missing "
        "value."
    ),
    **_object(
        **{"$schema": {"type": "string"}},
        format={"const": 2},
        version=_VERSION,
        date={"type": "string", "format": "date"},
        previous={"type": ["string", "null"]},
        severity=_SEVERITY,
        summary=_TEXTS,
        schemas=_list(
            _object(
                dataset={"type": "string"},
                before={"type": ["string", "null"]},
                after=_VERSION,
                changes=_list(_SCHEMA_CHANGE),
            )
        ),
        tables=_list(_TABLE),
    ),
}
"""Versioned by `format`: a field that goes or changes its meaning raises it."""
