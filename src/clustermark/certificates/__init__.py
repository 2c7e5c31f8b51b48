"""Certificates: built from a sealed decision record, signed twice, checked by anyone, online or offline."""
