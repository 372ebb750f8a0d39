"""Character cards of Tavern programs (`chara_card_v2`, v1 and v3): read, imported, written."""
