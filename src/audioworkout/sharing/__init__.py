"""Workouts for a phone: a page and a private podcast feed of what lies in a folder.

`workouts` finds them, `site` gives everything that can be asked for by name, `feed` writes RSS,
`server` hands it out over HTTP. Nothing here writes a file or looks anything up on the network.
"""
