"""What a reviewer reads about one verdict."""
