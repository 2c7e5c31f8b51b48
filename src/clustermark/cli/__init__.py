"""The command line: thin commands over the library; heavy parts are imported when used."""

import gc

# most commands live for a second and keep what they make: looking for garbage that often costs them a twentieth
gc.set_threshold(100_000, 20, 20)
