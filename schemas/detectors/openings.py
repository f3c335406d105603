"""What a cell must hold before any of many patterns can match: their first letters, as one pattern, quick to ask.

Belongs here: shortening patterns to their openings, and folding those that begin alike. Does not belong here: the
patterns (`schemas.detectors.lexicon`), or when a cell is asked (`schemas.detectors.search`).

RE2 searches by a finite automaton that it builds as it goes, and gives it up (30 µs a cell instead of 0.04) when a
pattern is too large: thousands of whole patterns are. Their first letters are few, and share most of those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Signs of an opening that RE2 is asked for: fewer, and ordinary words are judged in vain; more, and the automaton is
#: too large. Openings that names and everyday words share are asked for longer.
SIGNS = 5
_SHARED = (
    "ammat|arbet|avgif|black|clear|cold |custo|elect|ensia|enter|first|grave|hande|heikk|hitsa|jäsen|keski|"
    "kesku|kirja|komme|kortt|kulje|kunto|lahko|lakos|ledar|liike|liitt|maksa|medle|metal|musli|palve|parti|"
    "perio|phone|regis|röntg|saarn|servi|seura|skydd|stati|steri|ställ|suoni|super|sähkö|säker|toimi|turva|"
    "työnj|under|union|valvo|varas|vasta|virts|white|worke"
)
_EVERYDAY = frozenset(_SHARED.split("|"))
_LONGER = 8

_TOKEN = re.compile(r"\(\?(?:-i)?:|\(\?|\[[^\]]*\]|\\.|\{[\d,]*\}|.", re.DOTALL)
#: Parts that take no sign, and parts of which one cannot say which sign they take: an opening ends before them.
_NOTHING, _ANY_SIGN = frozenset({r"\b"}), frozenset({r"\w", r"\W", r"\d", r"\S", r"\s", ".", "$", "^"})

_Opening = tuple[str, ...]


def openings(patterns: Iterable[str], signs: int = SIGNS) -> str:
    """One pattern that hits, without regard to case, whatever any of these patterns hits, and more.

    Args:
        patterns: as a table lists them.
        signs: how many letters of each pattern are asked for, at most.

    Raises:
        ValueError: a pattern may begin with any letter, so that it would hit every cell.
    """
    root: dict[str, dict] = {}
    for pattern in patterns:
        for opening in _of_pattern(pattern, signs):
            if not opening:
                raise ValueError(f"{pattern} begins with any letter")
            node = root
            for sign in opening[:-1]:
                node = node.setdefault(sign, {})
                if "" in node:  # a shorter opening ends here
                    break
            else:
                node[opening[-1]] = {"": {}}
    return _folded(root)


def _folded(node: dict[str, dict]) -> str:
    if not node or "" in node:
        return ""
    parts = [sign + _folded(below) for sign, below in sorted(node.items())]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _everyday(opening: _Opening) -> bool:
    return len(opening) < _LONGER and "".join(opening[:SIGNS]) in _EVERYDAY


def _of_pattern(pattern: str, signs: int) -> set[_Opening]:
    growing, ended, _ = _of_choice(_TOKEN.findall(pattern), 0, {()}, signs)
    return growing | ended


def _of_choice(
    tokens: list[str], at: int, before: set[_Opening], signs: int
) -> tuple[set[_Opening], set[_Opening], int]:
    """Openings after a choice of sequences: those that may grow still, those that ended, and where the choice ends."""
    growing: set[_Opening] = set()
    ended: set[_Opening] = set()
    while True:
        grown, over, at = _of_sequence(tokens, at, before, signs)
        growing |= grown
        ended |= over
        if at == len(tokens) or tokens[at] == ")":
            return growing, ended, at
        at += 1  # past the bar


def _of_sequence(
    tokens: list[str], at: int, before: set[_Opening], signs: int
) -> tuple[set[_Opening], set[_Opening], int]:
    growing, ended = set(before), set[_Opening]()
    deep = 0
    while at < len(tokens) and (deep or tokens[at] not in "|)"):
        token = tokens[at]
        if not growing:  # only where the sequence ends is of interest
            deep += token.startswith("(?") - (token == ")")
            at += 1
            continue
        over = set[_Opening]()
        if token == "(?":
            raise ValueError("a stem looks neither ahead nor behind")
        if token.startswith("(?"):
            grown, over, at = _of_choice(tokens, at + 1, growing, signs)
        elif token in _NOTHING:
            grown = growing
        elif token in _ANY_SIGN or token.startswith("[^"):
            grown, over = set(), growing
        else:
            longer = {(*opening, token.lower()) for opening in growing}
            grown = {opening for opening in longer if len(opening) < signs or _everyday(opening)}
            over = longer - grown
        at += 1
        again = tokens[at] if at < len(tokens) else ""
        if again in ("?", "*") or again.startswith(("{0", "{,")):
            grown |= growing
        if again in ("+", "*") or again.startswith("{"):  # how often, one cannot say
            grown, over = set(), over | grown
        at += again in ("?", "*", "+") or again.startswith("{")
        growing, ended = grown, ended | over
    return growing, ended, at
