"""What signs, units, fractions and abbreviations are called, for speech engines.

A module for each language; `languages.load_sign_words` chooses one.
"""
