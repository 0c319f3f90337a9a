"""The commands of `pim`, one module a subject; each has `register(app)`."""
