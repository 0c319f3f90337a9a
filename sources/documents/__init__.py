"""Documents written for people: read into one neutral form, and facts found in it."""
