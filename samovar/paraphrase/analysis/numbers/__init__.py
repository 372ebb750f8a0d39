"""Numbers of a text: value, unit and bound, however they are written."""
