"""Training of the language packs: not shipped, run by `make models`."""
