"""A clock that only moves where somebody sleeps, so that hours of waiting take no time."""


class Clock:
    """Seconds since 1970, and a sleep that moves them on."""

    def __init__(self, now: float = 1_762_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        """The time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.now += seconds
