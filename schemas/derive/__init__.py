"""What is derived from a table's class: models, schemas, DDL, dictionary."""
