"""The top floor: what runs, when, and what people type."""
