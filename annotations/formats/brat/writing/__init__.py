"""Writing brat: from the record of an article to a text and its `.ann` file."""
