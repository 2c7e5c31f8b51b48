"""Excel ⇄ scheme: the workbook holds what the file itself states, so both ways lose nothing.

`layout` says which sheets and columns there are, `cells` how one value stands in a cell, `writing` and
`reading` go the two ways.
"""

from clustermark.schemes.workbook.reading import load_workbook_scheme, read_workbook
from clustermark.schemes.workbook.writing import write_workbook

__all__ = ["load_workbook_scheme", "read_workbook", "write_workbook"]
