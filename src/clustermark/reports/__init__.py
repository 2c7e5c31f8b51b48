"""Reports: one report model, written as PDF, Word, Excel, HTML or JSON."""
