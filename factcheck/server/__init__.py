"""The web server: connections, request bodies, uploads, streams, metrics, health, errors."""
