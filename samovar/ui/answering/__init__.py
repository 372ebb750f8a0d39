"""One request of the page: admission, what is seen of it while it runs, and its end."""
