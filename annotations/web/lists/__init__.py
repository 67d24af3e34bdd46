"""What every list page shares: filters that stay in the address."""
