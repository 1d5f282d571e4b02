"""The weights, applied: a short sum of small decision trees, and which features weighed most."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from .features import Row, Vocabulary

FOLDER = Path(__file__).parent / "weights"

Tree = Any  # list[int | float | Tree] | float; types of types cost more than they tell here
"""Feature, threshold, the tree for rows at or below it, the tree for the rest; a leaf is a float (log odds)."""


class Stage(NamedTuple):
    """Trees asked together."""

    trees: tuple[Tree, ...]
    enough: float
    """Log odds beyond which the later stages are not asked; they would hardly ever change the answer."""
    scale: float
    """What the sum is multiplied by where it is enough: the later trees would have raised it about so much."""


HOT = 200_000  # trees asked of rows, about ten documents; a process that asks more has them compiled: 20 ms, then a third of the time


class Model:
    """What ``tools/train.py`` learned."""

    __slots__ = ("_asked", "_compiled", "calibration", "names", "stages", "threshold")

    def __init__(self, names: Iterable[str], stages: Iterable[Stage], threshold: float, calibration: tuple[float, float]) -> None:
        self.names = tuple(names)
        """The features its rows hold, in order."""
        self.stages = tuple(stages)
        self.threshold = threshold
        """Log odds from which on a block is kept."""
        self.calibration = calibration
        """Log odds of a right body = first + second × log odds of the expected F1."""
        self._asked = 0
        self._compiled: Callable[[Row], float] | None = None

    def odds(self, rows: Sequence[Row]) -> list[float]:
        """Return the log odds that the blocks of some rows belong to the article."""
        if self._compiled is None:
            self._asked += len(rows) * sum([len(stage.trees) for stage in self.stages])
            if self._asked <= HOT:
                return [_walked(row, self.stages) for row in rows]
            self._compiled = _compiled(self)
        return list(map(self._compiled, rows))


@cache
def load(name: str) -> Model:
    """Return the weights for ``"text"``, ``"page"`` or ``"headline"``."""
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    stages = [Stage(tuple(stage["trees"]), float(stage["enough"]), float(stage["scale"])) for stage in data["stages"]]
    return Model(data["features"], stages, data["threshold"], tuple(data["calibration"]))


@cache
def vocabulary(name: str) -> Vocabulary:
    """Return the weights of ``"words"`` or ``"hints"``: above 0 speaks for the article."""
    data = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    unit = data["unit"]
    return Vocabulary({word: weight * unit for word, weight in data["weights"].items()})


def _walked(row: Row, stages: Iterable[Stage]) -> float:
    total = 0.0
    for trees, enough, scale in stages:
        for tree in trees:
            node = tree
            while True:
                feature, threshold, low, high = node
                node = low if row[feature] <= threshold else high
                if node.__class__ is float:
                    total += node
                    break
        if total > enough or total < -enough:
            return total * scale
    return total


def _compiled(model: Model) -> Callable[[Row], float]:
    """The same sum, written out as one function: a tree is one expression, a feature one local name."""
    lines = ["def odds(row):", f"  {''.join(f'f{place}, ' for place in range(len(model.names)))} = row", "  total = 0.0"]
    for stage in model.stages:
        lines += [f"  total += {_expression(tree)}" for tree in stage.trees]
        lines.append(f"  if total > {stage.enough!r} or total < {-stage.enough!r}: return total * {stage.scale!r}")
    lines.append("  return total")
    names: dict[str, Any] = {}
    exec(compile("\n".join(lines), f"<{FOLDER.name}>", "exec"), names)  # the package's own numbers
    found: Callable[[Row], float] = names["odds"]
    return found


def _expression(node: Any) -> str:
    if node.__class__ is float:
        return repr(node)
    feature, threshold, low, high = node
    return f"({_expression(low)} if f{feature:d} <= {threshold!r} else {_expression(high)})"


def chance(log_odds: float) -> float:
    """Return log odds as a probability, 0.0 to 1.0."""
    return 1.0 / (1.0 + math.exp(-30.0 if log_odds > 30.0 else 30.0 if log_odds < -30.0 else -log_odds))


MOST_NAMED = 3  # features in a reason


def weighed_most(row: Row, model: Model) -> list[str]:
    """Return the features that spoke loudest for the answer, each with its value, strongest first.

    A feature's share is what the answer loses on average when its split is not known (Saabas), over the first stage.
    """
    shares: dict[int, float] = {}
    total = 0.0
    for node in model.stages[0].trees:
        here = _mean(node)
        while node.__class__ is not float:
            feature, threshold, low, high = node
            node = low if row[feature] <= threshold else high
            there = _mean(node)
            shares[feature] = shares.get(feature, 0.0) + there - here
            here = there
        total += here
    sign = -1.0 if total < 0 else 1.0
    loud = sorted(shares.items(), key=lambda item: -sign * item[1])[:MOST_NAMED]
    return [f"{model.names[feature]} {_number(row[feature])}" for feature, share in loud if share * sign > 0]


def _mean(node: Any) -> float:
    if node.__class__ is float:
        found: float = node
        return found
    return (_mean(node[2]) + _mean(node[3])) / 2


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:.2f}"


def confidence(expected: float, kind: str) -> float:
    """Return the probability that a body is right (token F1 of 0.95 and more), calibrated on held-out folds.

    ``expected`` is the F1 that the blocks' probabilities promise, ``kind`` is ``"text"`` or ``"page"``.
    """
    first, second = load(kind).calibration
    bounded = min(max(expected, 0.001), 0.999)
    return round(chance(first + second * math.log(bounded / (1 - bounded))), 2)
