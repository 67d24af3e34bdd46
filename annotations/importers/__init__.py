"""How texts come in: one format a file, from what somebody has to what the models take."""
