"""The command line: flags to pipeline. The only room that catches, prints and exits.

It is also the only one that looks at the environment, the clock, the working folder and the
terminal. Nothing here imports an engine, an encoder or YAML until a command needs it.
"""
