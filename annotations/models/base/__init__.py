"""What the columns of several tables are made of."""
