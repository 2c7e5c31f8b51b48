"""The public register in the browser: certificates, their life, statistics, checking, transparency."""
