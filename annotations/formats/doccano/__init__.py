"""`doccano`: JSON lines of texts with entities and relations."""
