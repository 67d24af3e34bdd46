"""What every resource of the API has in common."""
