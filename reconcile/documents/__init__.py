"""Facts from documents held against each other and against the facts kept by hand."""
