"""`claimreview`: schema.org ClaimReview in JSON-LD."""
