"""The archive: what goes in comes out, whatever happens in between."""
