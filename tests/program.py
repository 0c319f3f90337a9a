"""Runs a program that is given as text, as `python -c` does, with a file as its main module.

Without one DuckDB takes the process for one that somebody types into, and draws a progress bar on
its output when a query needs more than two seconds.
"""

import sys

if __name__ == "__main__":
    exec(compile(sys.argv.pop(1), "<program>", "exec"), {"__name__": "__main__"})  # noqa: S102  # as -c does
