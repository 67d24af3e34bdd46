"""Fetching an address: nothing of this machine or the network around it is ever asked, whatever a page says."""
