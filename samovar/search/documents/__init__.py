"""Documents as files hold them: readers, passages cut from them, fields to filter by."""
