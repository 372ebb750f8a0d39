"""How good a tagger is and what it costs: counts, megabytes, the chart."""
