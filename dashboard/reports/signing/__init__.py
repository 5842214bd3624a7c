"""Which returns and differences are signed, and which figures stand on unsigned ones."""
