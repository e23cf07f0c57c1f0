"""What flags and settings make of a routine: selection, equipment, scaling and duration.

A step of its own between reading and compiling. Everything here is pure: wishes in, a routine and
notes out.
"""
