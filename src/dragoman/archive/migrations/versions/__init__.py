"""The schemas, one file each."""
