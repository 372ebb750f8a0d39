"""What a product sheet says: facts with their quantities, bounds and conditions."""
