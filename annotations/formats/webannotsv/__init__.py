"""`webannotsv`: WebAnno TSV 3."""
