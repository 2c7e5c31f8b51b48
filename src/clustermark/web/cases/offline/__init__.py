"""The panel's work without a network: dossier, evidence and rating sheet in one file, and back in."""
