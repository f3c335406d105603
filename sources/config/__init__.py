"""How a customer's register is described: the model of one source file.

Belongs here: the model, its parts, and the rules that hold between them. Does not belong here: YAML, lines and files
(see `sources.loading`), or the register's rows.
"""

from __future__ import annotations

from sources.config.attestations import Employees, Positioning
from sources.config.base import Problem
from sources.config.countries import EEA
from sources.config.employer import Employer
from sources.config.filter import Active, ActiveEnds, ActiveFlag, Condition, RowFilter
from sources.config.forbidden import forbidden
from sources.config.guards import Guards
from sources.config.legal import BasisCode, Kind, LegalBasis, Owner, RegisterType, Role, Validity
from sources.config.location import HttpsLocation, InboxLocation, Location, S3Location, SftpLocation
from sources.config.mapping import FieldMapping, RecordMapping, Waiver
from sources.config.snapshot import ChangesSnapshot, FullSnapshot, LogSnapshot, Marker, ScopedSnapshot
from sources.config.source import Move, Source

__all__ = [
    "EEA",
    "Active",
    "ActiveEnds",
    "ActiveFlag",
    "BasisCode",
    "ChangesSnapshot",
    "Condition",
    "Employees",
    "Employer",
    "FieldMapping",
    "FullSnapshot",
    "Guards",
    "HttpsLocation",
    "InboxLocation",
    "Kind",
    "LegalBasis",
    "Location",
    "LogSnapshot",
    "Marker",
    "Move",
    "Owner",
    "Positioning",
    "Problem",
    "RecordMapping",
    "RegisterType",
    "Role",
    "RowFilter",
    "S3Location",
    "ScopedSnapshot",
    "SftpLocation",
    "Source",
    "Validity",
    "Waiver",
    "forbidden",
]
