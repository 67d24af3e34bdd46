"""The account: profile, sign-in, address, keyboard shortcuts."""
