"""Change files of ULIC: what became of streets between two states."""

from sources.teryt_changes import changes_of

ULIC_CHANGES = changes_of("ULIC", max_bytes=64 * 2**20)
