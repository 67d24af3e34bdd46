"""What the overview of a project tells: how far the work is, who did it, and what happened last."""
