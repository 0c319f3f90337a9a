"""The sources, one file each. A module here that holds a `Source` is a source: see catalogue."""
