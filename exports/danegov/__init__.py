"""dane.gov.pl: what the national portal is told, what it demands, and what it answers."""
