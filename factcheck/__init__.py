"""The Django project: settings, addresses, server, and the embedded database."""
