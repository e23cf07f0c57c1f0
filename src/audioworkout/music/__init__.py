"""Music from people's files: found (`finding`), measured once and kept (`songs`).

Nothing is imported here: finding needs no numpy.
"""
