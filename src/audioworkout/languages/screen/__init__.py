"""Words that are seen and not spoken: labels of the page, the plot, cards and the player.

A module for each language; `languages.load_screen_words` chooses one.
"""
