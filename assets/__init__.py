"""The asset graph: one module a subject. Assets are found by `pipelines.definitions`."""
