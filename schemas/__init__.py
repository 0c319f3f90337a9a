"""The ground floor: every table, code list and data set, and the gate that checks rows."""
