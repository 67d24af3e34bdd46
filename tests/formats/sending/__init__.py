"""Exports as they are asked for and sent: filters, records, streams, the command."""
