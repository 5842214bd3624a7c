"""clock/ is for the start of other processes: read here it would stop this one's clock."""

collect_ignore = ["clock"]
