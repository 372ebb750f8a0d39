"""Files as people have them, read for every tool: text, tables, JSON Lines, columns, documents."""
