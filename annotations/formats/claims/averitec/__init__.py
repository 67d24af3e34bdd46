"""`averitec`: claims with questions and answers, as in the AVeriTeC dataset."""
