"""Judges CSV files as dane.gov.pl does. Run by the Python of `.venv-portal`, never imported.

Reads `{"files": [{"path": …, "signs": […]}]}` from stdin and writes `{"files": [{"types": […],
"errors": […]}]}` to stdout. The order is the portal's: infer a schema from the first 5,000 rows
with the declared signs (an empty cell is none of them), then validate structure and schema with
it. goodtables looks at the first 1,000 rows; our own reader looks at all.
"""

import importlib
import json
import sys
import warnings

SAMPLE_ROWS = 5_000
ERROR_LIMIT = 10
SKIPPED = ["extra-header", "blank-header", "blank-row", "duplicate-row"]
"""Checks that the portal leaves out."""


def judge(path: str, signs: list[str]) -> dict[str, list[str]]:
    """Inferred types and errors of one file."""
    # By name, since these packages are in that environment alone.
    tableschema = importlib.import_module("tableschema")
    goodtables = importlib.import_module("goodtables")
    table = tableschema.Table(path)
    schema = table.infer(SAMPLE_ROWS, missing_values=signs)
    report = goodtables.validate(
        path,
        schema=schema,
        checks=["structure", "schema"],
        skip_checks=SKIPPED,
        error_limit=ERROR_LIMIT,
    )
    (told,) = report["tables"]
    errors = [f"{error.get('row-number')}: {error['message']}" for error in told["errors"]]
    if told.get("row-count", 0) < 2:
        errors.append("zero-data-rows")
    return {"types": [field["type"] for field in schema["fields"]], "errors": errors}


def main() -> None:
    """Judge what stdin asks for."""
    warnings.simplefilter("ignore")
    asked = json.load(sys.stdin)
    found = [judge(file["path"], file["signs"]) for file in asked["files"]]
    json.dump({"files": found}, sys.stdout)


if __name__ == "__main__":
    main()
