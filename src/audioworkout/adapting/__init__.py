"""adapting."""
