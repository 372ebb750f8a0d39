"""The service under load: one client alone, then many at once, and clients that leave."""
