"""The command line: thin commands over the library; heavy parts are imported when used."""
