"""Tags of sound files: ID3, their content, and Ogg serial numbers."""
