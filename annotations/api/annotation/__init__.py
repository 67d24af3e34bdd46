"""What people make on an article, one by one and many at once."""
