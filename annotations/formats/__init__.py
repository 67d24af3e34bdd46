"""The formats that come in and leave, one folder a format with both directions; `registry` lists them."""
