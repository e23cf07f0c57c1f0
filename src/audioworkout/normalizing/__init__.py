"""normalizing."""
