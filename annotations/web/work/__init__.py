"""My work: what waits in all projects, the inbox, invitations."""
