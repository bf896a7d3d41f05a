"""Bringing in what a city already has: years of requests from another system, as history.

A profile is a small TOML file that says which column is what. Rows become reports, cases, places and ledger entries;
nobody is told. The same file again changes nothing; a row that can't be read is listed with its reason.
"""

from parvis.cases.importing.profile import Profile, load
from parvis.cases.importing.writing import Tally, import_file

__all__ = ["Profile", "Tally", "import_file", "load"]
