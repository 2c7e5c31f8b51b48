"""The register of certificates: entries, their life, statistics as of any date, import and open data."""
