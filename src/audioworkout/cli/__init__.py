"""The command line: converts flags for the pipeline, prints results and errors, and exits.

Only this package reads the environment, the clock, the working folder and the terminal. Engines,
the encoder and YAML are imported when a command needs them.
"""
