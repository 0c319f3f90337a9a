"""The tables: one class each, one module a subject. Found by `schemas.registry`."""
