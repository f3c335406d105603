"""The smallest description of a source that is right, for tests to bend.

Belongs here: the document. Does not belong here: any expectation.
"""

from __future__ import annotations

from typing import Any

DOCUMENT: dict[str, Any] = {
    "customer": "satama",
    "register": "hr",
    "title": "Henkilöt",
    "kind": "customer_register",
    "register_type": "hr_directory",
    "valid": {"from": "2026-01-01"},
    "contract": "MDO-1",
    "role": "controller",
    "legal_basis": {"code": "legitimate_interests", "reference": "LIA-2"},
    "owner": {"name": "HR", "email": "hr@example.com"},
    "hosting_country": "FI",
    "read": {"type": "csv", "path": "hr.csv"},
    "key": ["Nro"],
    "records": {"person": {"last_name": "Sukunimi"}},
}
