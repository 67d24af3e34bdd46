"""What others do, as it happens: changes and who is here, from the database's notifications to open streams."""
