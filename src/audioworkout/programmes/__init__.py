"""Weeks of training: programmes as data that expand into ordinary routines.

`reading` makes a `Programme` of a file, `schedule` folds the log into sessions, `expansion` makes a
routine of each, `words` says what stands around it, `folder` keeps what a person gets.
"""
