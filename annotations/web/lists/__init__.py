"""What every list page shares: pages by key, and filters that stay in the address."""
