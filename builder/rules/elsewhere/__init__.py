"""Pages of findings that are made elsewhere: while files are read, rendered, set up."""
