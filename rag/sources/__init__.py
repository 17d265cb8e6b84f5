"""One format a file: the bytes of a listing page in, papers out. Pure: no disk, no network."""
