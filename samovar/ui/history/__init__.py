"""Results that outlive their page: shared under an address, kept in the visitor's own browser."""
