"""Making a release: what the filters select at one moment, in files with their hashes, never half of it.

`making` is the act; `recipe` what was asked for; `sides` the splits; `items` what each item says, for counts and for
comparing; `manifest`, `card` and `croissant` describe the files; `storing` puts them into Django's
storage and reads them there.
"""
