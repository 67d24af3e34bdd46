"""Reading brat: from a text and its `.ann` file to a document."""
