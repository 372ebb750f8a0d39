"""What every recipe stands on: the run, the loop, checkpoints, YAML, export."""
