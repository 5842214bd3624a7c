"""A data folder as one file, and back: what is staged, published, written and recorded."""
