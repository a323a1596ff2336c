"""Conditions of KPIs, such as `lot.credit == aeo and teu >= 2` (sim/core/condition.hpp).

Grammar: or, and, not, one comparison, a bare name (a flag), numbers with unit, true, false,
parentheses. A plain word on the right of == or != is a category of the name on its left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .units import UNITS

Values = npt.NDArray[np.float64]

_WORD = r"(?:\w|[.-](?=\w))"
_TOKEN = re.compile(
    r"\s*(?:(?P<number>-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)"
    rf"(?:\s*(?P<unit>%|(?!(?:and|or|not)\b)[^\W\d]{_WORD}*(?:/[^\W\d]{_WORD}*)?))?"
    rf"|(?P<word>\w{_WORD}*)|(?P<sign>==|!=|<=|>=|<|>|\(|\)))"
)
_COMPARE: dict[str, Callable[[Values, Values], npt.NDArray[np.bool_]]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}


class Read(NamedTuple):
    """A name as it stands for the entities of one role."""

    values: Values
    categories: tuple[str, ...]  # empty for numbers and flags


class Refused(Exception):
    """The condition cannot be asked of this role, or cannot be understood."""


class _Token(NamedTuple):
    kind: str  # number, word, sign, end
    text: str
    number: float = 0.0


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise Refused(f"`{text}` cannot be read from column {at + 1} on")
        at = match.end()
        if match["number"]:
            unit = match["unit"] or ""
            if unit not in UNITS:
                raise Refused(f"unknown unit `{unit}` in `{text}`")
            tokens.append(_Token("number", match[0], float(match["number"]) * UNITS[unit][1]))
        else:
            tokens.append(_Token(str(match.lastgroup), match["word"] or match["sign"]))
    return [*tokens, _Token("end", "")]


class _Reader:
    """Evaluates while it parses, all entities of a role at once."""

    def __init__(self, text: str, look_up: Callable[[str], Read | None]) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._at = 0
        self._look_up = look_up

    def whole(self) -> npt.NDArray[np.bool_]:
        result = self._either()
        if self._tokens[self._at].kind != "end":
            raise Refused(f"`{self._text}`: unexpected `{self._tokens[self._at].text}`")
        return np.not_equal(result.values, 0.0)

    def _take(self, *texts: str) -> str | None:
        token = self._tokens[self._at]
        if token.kind in ("word", "sign") and token.text in texts:
            self._at += 1
            return token.text
        return None

    def _either(self) -> Read:
        left = self._both()
        while self._take("or"):
            right = self._both()
            left = _truth((left.values != 0) | (right.values != 0))
        return left

    def _both(self) -> Read:
        left = self._negation()
        while self._take("and"):
            right = self._negation()
            left = _truth((left.values != 0) & (right.values != 0))
        return left

    def _negation(self) -> Read:
        if self._take("not"):
            return _truth(self._negation().values == 0)
        return self._comparison()

    def _comparison(self) -> Read:
        left = self._operand()
        sign = self._take(*_COMPARE)
        if sign is None:
            return left
        token = self._tokens[self._at]
        is_word = token.kind == "word" and "." not in token.text
        if is_word and token.text not in ("true", "false"):
            self._at += 1
            if token.text not in left.categories or sign not in ("==", "!="):
                raise Refused(f"`{self._text}`: there is no category `{token.text}` here")
            right = _number(left.categories.index(token.text))
        else:
            right = self._operand()
            if left.categories != right.categories:
                raise Refused(f"`{self._text}` compares a category with something else")
        return _truth(_COMPARE[sign](left.values, right.values))

    def _operand(self) -> Read:
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "number":
            return _number(token.number)
        if token.text == "(":
            inside = self._either()
            if not self._take(")"):
                raise Refused(f"`{self._text}`: a parenthesis is not closed")
            return inside
        if token.kind != "word" or token.text in ("and", "or", "not"):
            raise Refused(f"`{self._text}`: expected a name or a number, not `{token.text}`")
        if token.text in ("true", "false"):
            return _number(token.text == "true")
        found = self._look_up(token.text)
        if found is None:
            raise Refused(f"unknown name `{token.text}`")
        return found


def _number(value: float) -> Read:
    return Read(np.array(value, dtype=np.float64), ())


def _truth(values: npt.NDArray[np.bool_]) -> Read:
    return Read(np.asarray(values, dtype=np.float64), ())


def holds(
    text: str, look_up: Callable[[str], Read | None], count: int
) -> npt.NDArray[np.bool_]:
    """For which of `count` entities the condition holds; all of them where it is empty.

    Raises Refused where a name or category is unknown, or the text cannot be understood.
    """
    if not text:
        return np.ones(count, dtype=bool)
    return np.broadcast_to(_Reader(text, look_up).whole(), (count,))
