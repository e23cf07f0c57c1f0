"""Text made ready for a speech engine: figures, units and signs become words."""
