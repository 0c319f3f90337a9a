"""Change files of SIMC: what became of localities between two states."""

from sources.teryt_changes import changes_of

SIMC_CHANGES = changes_of("SIMC", max_bytes=32 * 2**20)
