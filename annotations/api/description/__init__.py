"""What the OpenAPI description says of each method and its answers."""
