"""Values that every later stage speaks in: statuses, dates of partial precision, problems, errors."""
