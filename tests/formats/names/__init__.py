"""Names of people in what comes in, and where they must not go out."""
