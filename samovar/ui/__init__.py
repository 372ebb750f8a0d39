"""The page: one shell around the tools' tabs."""
