"""Which columns of a sample should fill which fields.

Belongs here: weighing what a column is called against what stands in it. Does not belong here: either of them (see
words and profile), or writing it down (see draft).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas.catalogue import RECORD_TYPES
from sources.proposal import words
from sources.proposal.profile import Column

#: A field asks that so many of a column's cells are of its kind; fewer, and its name is not believed.
_BELIEVED = 0.6

#: A key may be missing or repeated in so few of the rows.
_NEARLY = 0.95

#: Fields that a column's content alone may fill, where its name says nothing.
_BY_CONTENT = {"email": "person.work_email", "business_id": "company.business_id"}


@dataclass
class Proposal:
    """What a person is asked to confirm.

    Attributes:
        fields: path of a field -> the column that seems to fill it.
        whole_name: the column of whole names, where given and family names are not parted.
        key: the column that tells rows apart, or None where no single one does.
        ends: the column with the day on which the relation ends.
        states: columns that may say whether the relation lasts.
        left: column -> why it is not proposed.
    """

    fields: dict[str, Column] = field(default_factory=dict)
    whole_name: Column | None = None
    key: Column | None = None
    ends: Column | None = None
    states: list[Column] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)

    @property
    def of_person(self) -> bool:
        """Whether rows seem to speak of persons."""
        return self.whole_name is not None or "person.last_name" in self.fields

    @property
    def of_company(self) -> bool:
        """Whether rows seem to name companies."""
        return "company.company_name" in self.fields

    @property
    def register_type(self) -> str:
        """What the register seems to be kept for (RS-16)."""
        if not self.of_person:
            return "company_register"
        return "contact_directory" if self.of_company else "hr_directory"


def propose(columns: list[Column]) -> Proposal:
    """A proposal for the columns of a sample. Each column fills one field, and each field has one column."""
    made = Proposal()
    for column in columns:
        why = _shut(column)
        if why:
            made.left[column.name] = why
            continue
        path = words.field_of(column.name)
        if path is None:
            path = next((one for kind, one in _BY_CONTENT.items() if column.is_a(kind, 0.95)), None)
        if path is None:
            made.left[column.name] = _nothing_for(column)
        elif path == words.WHOLE_NAME:
            _whole_name(made, column)
        elif path in made.fields:
            made.left[column.name] = f"{path} is proposed from {made.fields[path].name} already"
        elif not _fits(path, column):
            made.left[column.name] = f"it is called like {path}, but most of its cells are none"
        else:
            made.fields[path] = column
    _settle(made, columns)
    return made


def _shut(column: Column) -> str:
    if column.shut:
        return column.shut
    if column.filled == 0:
        return "it is empty"
    if words.is_private(column.name):
        return "it seems to be private; only what a person has at work is taken"
    return "it seems to hold free text, which is never taken" if column.prose else ""


def _nothing_for(column: Column) -> str:
    if column.is_a("email") or column.is_a("phone", 0.95):
        return "it holds addresses or numbers, and its name does not say whose"
    return "no field is called like it"


def _fits(path: str, column: Column) -> bool:
    record, _, name = path.partition(".")
    kind = RECORD_TYPES[record].field(name).kind
    if kind == "date" and column.formats:
        return True
    if path == "competence.skill_code":
        return column.is_a("code", _BELIEVED) or column.commas > 0
    return column.is_a(kind, _BELIEVED)


def _whole_name(made: Proposal, column: Column) -> None:
    """A column of whole names has two words or more in most cells."""
    if made.whole_name is None and column.is_a("name", _BELIEVED) and column.blanks >= 0.5:
        made.whole_name = column
    else:
        made.left[column.name] = "it does not look like names of persons"


def _settle(made: Proposal, columns: list[Column]) -> None:
    """What needs all columns at once: the name, the key, the state."""
    if "person.last_name" in made.fields and made.whole_name is not None:
        made.left[made.whole_name.name] = "given and family names have columns of their own"
        made.whole_name = None
    if not made.of_person:
        for path in [path for path in made.fields if not path.startswith("company.")]:
            made.left[made.fields.pop(path).name] = f"{path} needs a person, and no column holds family names"
    if not made.of_company:
        for path in [path for path in made.fields if path.startswith("company.") and path != "company.country"]:
            made.left[made.fields.pop(path).name] = f"{path} needs the company's name, and no column holds it"
    made.key = _key(columns, made)
    made.ends = made.fields.get("employment.valid_to")
    made.states = [column for column in columns if words.is_state(column.name) and not column.shut and column.filled]
    for column in (made.key, *made.states):
        if column is not None:
            made.left.pop(column.name, None)


def _key(columns: list[Column], made: Proposal) -> Column | None:
    """The column that is filled and different in (nearly) every row, of several the one that is called like a key.

    A register has bad rows too, so a column that is called like a key may miss or repeat a few.
    """
    taken = {column.name for path, column in made.fields.items() if path.startswith("person.")}
    free = [
        column
        for column in columns
        if not (column.shut or column.prose or column.name in taken or column is made.whole_name)
    ]
    named = [column for column in free if words.is_key(column.name) and _tells_apart(column, _NEARLY)]
    exact = [column for column in free if _tells_apart(column, 1)]
    return max([*named, *exact], key=lambda column: column.filled + column.distinct, default=None)


def _tells_apart(column: Column, share: float) -> bool:
    return column.filled >= share and column.distinct >= share and column.is_a("code", _NEARLY)
