"""Training of the reader's learned parts. Development only: the package needs none of this at run time."""
