"""People: accounts, memberships, tokens, invitations, presence."""
