"""Reading UIMA: from a CAS to documents."""
