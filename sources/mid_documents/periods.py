"""Dates and periods as plans write them: days, months, quarters, years and ranges of them."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schemas.tables.documents import DatePrecision
from sources.mid_documents.words import fold

_MONTHS = (
    "styczen|stycznia|styczniu|january|jan", "luty|lutego|lutym|february|feb",
    "marzec|marca|marcu|march|mar", "kwiecien|kwietnia|kwietniu|april|apr", "maj|maja|maju|may",
    "czerwiec|czerwca|czerwcu|june|jun", "lipiec|lipca|lipcu|july|jul",
    "sierpien|sierpnia|sierpniu|august|aug", "wrzesien|wrzesnia|wrzesniu|september|sep",
    "pazdziernik|pazdziernika|pazdzierniku|october|oct",
    "listopad|listopada|listopadzie|november|nov", "grudzien|grudnia|grudniu|december|dec",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?:19|20)\d\d"
_TOKEN = re.compile(
    rf"(?P<iso>(?<!\d)(?P<iy>{_YEAR})-(?P<im>\d\d)-(?P<id>\d\d)(?!\d))"
    rf"|(?P<dmy>(?<!\d)(?P<dd>\d{{1,2}})[./-](?P<dm>\d{{1,2}})[./-](?P<dy>{_YEAR})(?!\d))"
    rf"|(?P<day>(?<!\d)(?P<wd>\d{{1,2}}) (?P<wm>{_MONTH})\b(?: (?P<wy>{_YEAR}))?)"
    rf"|(?P<my>(?<![\d.])(?P<mm>\d{{1,2}})[./](?P<mmy>{_YEAR})(?!\d))"
    rf"|(?P<quarter>\b(?:(?P<qn>iv|i{{1,3}}|[1-4]) ?(?:kw\b\.?|kwarta\w*)|q(?P<qe>[1-4]))"
    rf"(?:[ ,/]*(?:r\. ?)?(?P<qy>{_YEAR}))?)"
    rf"|(?P<half>\b(?P<hn>i{{1,2}}|[12]|pierwsz\w+|drug\w+) (?:polowa|polowie|polrocz\w+)"
    rf"(?: (?P<hy>{_YEAR}))?)"
    rf"|(?P<month>\b(?P<mw>{_MONTH})\b\.?(?: (?P<mwy>{_YEAR}))?)"
    rf"|(?P<year>(?<!\d)(?P<yy>{_YEAR})(?!\d))"
)
_BARE_QUARTER = re.compile(r"\b(iv|i{1,3})(?= ?- ?(?:iv|i{1,3}) ?(?:kw|kwarta))")
_FILLER = re.compile(r"\b(?:r|rok|roku|w|z|dnia|year|of|konca|the|end)\b\.?|[.,;()]")

_RANGE = 2
_TO = (["-"], ["do"], ["to"], ["-", "do"], ["until"])
_UNTIL = {"do", "until", "by"}
_FROM = {"od", "from", "since"}
_UNREAD = re.compile(r"\d|^kw|^polow|^polrocz")
"""Words left that would change the meaning, such as the first day of „1 - 15 czerwca”."""
_VAGUE = {"po", "przed", "ok", "okolo", "lub", "after", "before", "about", "or"}


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day; either may be unknown."""

    start: date | None
    end: date | None
    precision: DatePrecision
    rule: str

    def shown(self) -> str:
        """The period as one text: `2023-03-15`, `2023-03`, `2023`; a range with a slash."""
        length = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
        size = length[self.precision]
        ends = [day.isoformat()[:size] if day else ".." for day in (self.start, self.end)]
        return ends[0] if ends[0] == ends[1] else "/".join(ends)


@dataclass(frozen=True, slots=True)
class _Point:
    """Something that a text names; without a year it takes that of what stands beside it."""

    kind: str
    year: int
    number: int
    day: int
    begin: int
    stop: int


def read_period(text: str) -> Period | None:
    """The period that a text gives, or nothing where it gives none, several, or no real day."""
    plain = _BARE_QUARTER.sub(r"\1 kw", fold(text))
    points = list(_points(plain))
    years = [point.year for point in points if point.year]
    if len(points) > _RANGE or not years:
        return None
    spans = [
        span
        for point, year in zip(points, (years[-1], years[0]), strict=False)
        if (span := _span(point, point.year or year))
    ]
    words = [
        _FILLER.sub(" ", plain[start:stop]).split()
        for start, stop in (
            (0, points[0].begin),
            (points[0].stop, points[-1].begin),
            (points[-1].stop, None),
        )
    ]
    unread = any(_UNREAD.search(word) for part in words for word in part)
    if len(spans) < len(points) or unread:
        return None
    precision = max((_precision(point.kind) for point in points), key=list(DatePrecision).index)
    rule = "_".join(dict.fromkeys(point.kind for point in points))
    if len(points) == _RANGE:
        whole = words[1] in _TO and spans[0][0] <= spans[1][1]
        return Period(spans[0][0], spans[1][1], precision, f"range_{rule}") if whole else None
    return _with_words(spans[0], words[0][-1:], words[2][:1], precision, rule)


def _with_words(
    span: tuple[date, date],
    before: list[str],
    after: list[str],
    precision: DatePrecision,
    rule: str,
) -> Period | None:
    """A single date as the words beside it mean it."""
    if before and before[0] in _VAGUE:
        return None
    if before and before[0] in _UNTIL:
        return Period(None, span[1], precision, f"until_{rule}")
    if (before and before[0] in _FROM) or after == ["-"]:
        return Period(span[0], None, precision, f"from_{rule}")
    return Period(*span, precision, rule)


def find_dates(text: str) -> Iterator[tuple[str, Period]]:
    """Dates of a text, each as it is written; ranges are not looked for."""
    # Folding keeps the length unless letters come apart, which Polish ones do not.
    plain = text.lower().translate(str.maketrans("ąćęłńóśźż–—", "acelnoszz--"))
    for match in _TOKEN.finditer(plain):
        written = text[match.start() : match.end()]
        if (period := read_period(written)) is not None:
            yield written, period


def _points(plain: str) -> Iterator[_Point]:
    for match in _TOKEN.finditer(plain):
        kind = match.lastgroup or ""
        found = {name: value for name, value in match.groupdict().items() if value}
        if "iso" in found:
            kind, numbers = "iso_date", (found["iy"], found["im"], found["id"])
        elif "dmy" in found:
            kind, numbers = "day_month_year", (found["dy"], found["dm"], found["dd"])
        elif "day" in found:
            kind, numbers = "day_in_words", (found.get("wy", "0"), _month(found["wm"]), found["wd"])
        elif "my" in found:
            kind, numbers = "month_number", (found["mmy"], found["mm"], "0")
        elif "quarter" in found:
            number = found.get("qn") or found["qe"]
            kind, numbers = "quarter", (found.get("qy", "0"), str(_ROMAN.get(number, number)), "0")
        elif "half" in found:
            second = found["hn"] in {"ii", "2"} or found["hn"].startswith("drug")
            kind, numbers = "half_year", (found.get("hy", "0"), "2" if second else "1", "0")
        elif "month" in found:
            kind, numbers = "month_in_words", (found.get("mwy", "0"), _month(found["mw"]), "0")
        else:
            kind, numbers = "year", (found["yy"], "0", "0")
        year, number_, day = (int(part) for part in numbers)
        yield _Point(kind, year, number_, day, match.start(), match.end())


def _month(word: str) -> str:
    return str(next(n for n, forms in enumerate(_MONTHS, 1) if re.fullmatch(forms, word)))


def _span(point: _Point, year: int) -> tuple[date, date] | None:
    """First and last day; nothing for a day that does not exist."""
    if point.kind == "year":
        return date(year, 1, 1), date(year, 12, 31)
    if point.day:
        if not 1 <= point.number <= 12 or point.day > calendar.monthrange(year, point.number)[1]:
            return None
        return (date(year, point.number, point.day),) * 2
    months = {"quarter": 3, "half_year": 6}.get(point.kind, 1)
    last = point.number * months
    if not months <= last <= 12:
        return None
    return date(year, last - months + 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def _precision(kind: str) -> DatePrecision:
    if kind == "year":
        return DatePrecision.YEAR
    days = {"iso_date", "day_month_year", "day_in_words"}
    return DatePrecision.DAY if kind in days else DatePrecision.MONTH
