"""Cells of a file that spreadsheets open: what they would take for more than text."""

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")
"""What makes a cell more than text to a spreadsheet, if it begins with it."""
MARK = "\ufeff"
"""Without it a spreadsheet takes accents for something else."""
