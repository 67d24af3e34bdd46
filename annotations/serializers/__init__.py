"""The JSON, the request body and the OpenAPI description of each resource."""
