"""The command line: thin commands over the library; heavy parts are imported when used."""

import gc
import os

# most commands live for a second and keep what they make: looking for garbage that often costs them a twentieth
gc.set_threshold(100_000, 20, 20)
# no command multiplies matrices that want more threads, and starting them costs a tenth of a short command
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# no plugin of pydantic has a part in a command, and looking for one reads what is known of every installed package
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
