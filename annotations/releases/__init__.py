"""Making a release: what the filters select at one moment, in files with their hashes, never half of it.

`asking` begins it and `making` is the act; `recipe` is what was asked for, `sides` are the splits, `items` is what each
item says, for counts and for `comparing` two releases; `manifest`, `card`, `front` and `croissant` describe the files;
`storing` puts them into Django's storage and reads them there.
"""
