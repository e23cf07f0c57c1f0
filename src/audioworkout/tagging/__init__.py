"""What a file says of itself: ID3v2.3 tags, chapters, and the timeline in a tag."""
