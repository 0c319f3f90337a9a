"""Change files of TERC: what became of units of the territorial division between two states."""

from sources.teryt_changes import changes_of

TERC_CHANGES = changes_of("TERC", max_bytes=8 * 2**20)
