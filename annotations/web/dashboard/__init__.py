"""The overview of a project: progress, team activity and recent activity."""
