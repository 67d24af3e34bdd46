"""What a manager sets: guidelines, people, label fields, verdict scale."""
