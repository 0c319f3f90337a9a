"""Two sides measured by turns, and the line of the table that compares them."""

import sys
from collections.abc import Callable
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """What one side took."""

    wall: float
    """Seconds."""
    cpu: float
    """Processor seconds."""
    memory: float
    """Largest resident memory, MiB."""


def by_turns(rounds: int, measure: Callable[[str], Cost]) -> dict[str, Cost]:
    """The medians of both sides, `ours` and `bare`; each round begins with the other one."""
    costs: dict[str, list[Cost]] = {"ours": [], "bare": []}
    for number in range(rounds):
        for side in sorted(costs, reverse=bool(number % 2)):
            costs[side].append(measure(side))
            print(f"{number + 1} {side}: {costs[side][-1]}", file=sys.stderr, flush=True)
    return {
        side: Cost(*(median(part) for part in zip(*all_of, strict=True)))
        for side, all_of in costs.items()
    }


def line_of(rows: int, costs: dict[str, Cost]) -> str:
    """One line of the table in `benchmarks/README.md`."""
    ours, bare = costs["ours"], costs["bare"]
    return (
        f"| {rows:,} | {bare.wall:.1f} | {bare.cpu:.1f} | {bare.memory:.0f} "
        f"| {ours.wall:.1f} | {ours.cpu:.1f} | {ours.memory:.0f} "
        f"| {ours.wall / bare.wall:.2f} | {ours.cpu / bare.cpu:.2f} |"
    )
