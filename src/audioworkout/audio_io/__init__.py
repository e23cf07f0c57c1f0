"""Sound files read and written, and files that appear whole or not at all."""
