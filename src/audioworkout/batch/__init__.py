"""Programmes for many people at once, on Dask (docs/batch.md).

`members` reads who there is, `planning` what has to be spoken, encoded and joined, `tasks` are the
three functions that workers run, `running` hands them to Dask, `report` tells what became of each.
"""
