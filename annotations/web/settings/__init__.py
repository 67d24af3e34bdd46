"""What managers set: guidelines, members, label fields, verdict scale."""
