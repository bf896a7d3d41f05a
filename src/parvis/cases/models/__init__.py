"""The nouns of the room, one file each."""

from parvis.cases.models.case import Case
from parvis.cases.models.draft import Draft
from parvis.cases.models.merge import Merge
from parvis.cases.models.message import Message
from parvis.cases.models.photo import Photo
from parvis.cases.models.report import Report

__all__ = ["Case", "Draft", "Merge", "Message", "Photo", "Report"]
