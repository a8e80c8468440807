"""The program that builds the gazetteer from GeoNames, CLDR and the tables in this folder: `python -m tools.gazetteer`."""
