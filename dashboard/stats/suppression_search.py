"""The search for the lightest pattern of hidden cells that protects each small count.

The integer programme chooses the cells; a linear programme attacks each small count from both
sides and gives, where it fails, the inequality that the choice broke (Benders); the two take turns
until none is broken. Sums of several tables are no network, so that an attack in whole numbers
has the last word. What is hidden and why, and the sources: stats/cell_suppression.py.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy  # its parts when first asked: they take long

from dashboard.errors import DashboardError

EXACT = 1e-6  # below which HiGHS takes a number for 0


class Unprotected(DashboardError):
    """No pattern protects the small counts, or none was found in time: nothing may be shown."""


class System:
    """Cells with their places, and the sums as a matrix over them: right for any difference."""

    def __init__(self, counts: Mapping[Any, int], rows: Sequence[Sequence[tuple[int, Any]]]):
        self.cells = list(counts)
        self.place = {cell: place for place, cell in enumerate(self.cells)}
        self.counts = np.array(list(counts.values()), float)
        entries = [
            (sign, at, self.place[cell]) for at, row in enumerate(rows) for sign, cell in row
        ]
        signs, lines, columns = zip(*entries, strict=True) if entries else ((), (), ())
        size = max(len(rows), 1), len(self.cells)
        self.sums = scipy.sparse.csr_array(
            (np.array(signs, float), (lines, columns)), shape=size
        ).tocsc()
        self.nought = np.zeros(size[0])


@dataclass(frozen=True)
class Attack:
    """On a hidden cell, by somebody from whom the cells of `unseen` are hidden if any are."""

    place: int
    unseen: np.ndarray


class Search:
    """Choice and attack in turn, over one system."""

    def __init__(
        self, system: System, largest: int, views: Iterable[Collection[Any]], until: float
    ) -> None:
        self.system, self.largest, self.until = system, largest, until
        masks = {tuple(cell not in view for cell in system.cells) for view in views}
        self.unseen = [np.array(mask) for mask in sorted(masks)]
        counts = system.counts
        self.primary = (counts > 0) & (counts <= largest)
        self.weights = np.where(counts > 0, counts, counts.max() + 1.0)
        self.cuts: list[np.ndarray] = []
        self.seen_values: set[tuple[bytes, int, int]] = set()
        self.impossible: dict[tuple[bytes, int, int], bool] = {}

    def solved(self) -> set[Any]:
        hidden = self.primary.copy()
        while broken := self._broken(hidden):
            self.cuts += broken
            hidden = self._chosen()
        return {cell for cell, out in zip(self.system.cells, hidden, strict=True) if out}

    def _left(self) -> float:
        """Seconds that are left; raises Unprotected where none are."""
        left = self.until - time.thread_time()
        if left <= 0:
            raise Unprotected("no pattern that protects the small counts was found in time")
        return left

    def _chosen(self) -> np.ndarray:
        """The lightest cells that keep every inequality so far."""
        rows = np.array(self.cuts)
        solution = scipy.optimize.milp(
            self.weights,
            integrality=np.ones(len(self.weights)),
            bounds=scipy.optimize.Bounds(self.primary.astype(float), 1.0),
            constraints=scipy.optimize.LinearConstraint(rows[:, :-1], -rows[:, -1], np.inf),
            options={"time_limit": self._left()},
        )
        if solution.x is None:
            self._left()
            raise Unprotected("no pattern protects the small counts")
        return solution.x > 0.5

    def _broken(self, hidden: np.ndarray) -> list[np.ndarray]:
        """Inequalities that a pattern breaks; [] for one that protects. Each is a row whose
        product with the pattern and a last 1 is to be 0 or more."""
        self.seen_values.clear()
        low = self.system.counts <= self.largest
        attacks = [
            Attack(int(place), unseen)
            for unseen in self.unseen
            for place in np.flatnonzero(hidden & unseen & low)
        ]
        return self._by_lines(attacks, hidden) or self._by_whole_numbers(attacks, hidden)

    def _by_lines(self, attacks: Sequence[Attack], hidden: np.ndarray) -> list[np.ndarray]:
        """What keeps cells from their largest or their least possible value.

        All attacks are one programme of blocks side by side: a call each would take ten times as
        long, and what is best for all together is best for each.
        """
        moves = [
            (attack, sign, reach)
            for attack in attacks
            for sign, reach in self._ways(attack)
            if reach > 0
        ]
        if not moves:
            return []
        each = [np.flatnonzero(hidden & attack.unseen) for attack, _, _ in moves]
        ends = [
            self._ends(attack, free, -reach, reach)
            for (attack, _, reach), free in zip(moves, each, strict=True)
        ]
        cost = [
            np.where(free == attack.place, -sign, 0.0)
            for (attack, sign, _), free in zip(moves, each, strict=True)
        ]
        self._left()
        solution = scipy.optimize.linprog(
            np.concatenate(cost),
            A_eq=scipy.sparse.block_diag(
                [self.system.sums[:, free] for free in each], format="csr"
            ),
            b_eq=np.tile(self.system.nought, len(moves)),
            bounds=np.concatenate(ends),
            method="highs",
        )
        if solution.status != 0:
            raise Unprotected("an attack on the small counts could not be reckoned")
        points = np.split(solution.x, np.cumsum([len(free) for free in each])[:-1])
        prices = np.split(solution.eqlin.marginals, len(moves))
        cuts = []
        for (attack, sign, reach), free, point, price in zip(
            moves, each, points, prices, strict=True
        ):
            self._keep(attack, free, point)
            value = int(self.system.counts[attack.place] + sign * reach)
            moved = sign * point[free == attack.place][0]
            if moved < reach - EXACT and not self._known_impossible(attack, value):
                cuts.append(self._line(attack, sign, reach, price))
        return cuts

    def _ways(self, attack: Attack) -> Iterator[tuple[int, float]]:
        """Up and down, and how far; the -1 of a hidden 0 is no way."""
        count = self.system.counts[attack.place]
        yield 1, self.largest - count
        yield -1, count - 1

    def _line(self, attack: Attack, sign: int, reach: float, prices: np.ndarray) -> np.ndarray:
        """What each cell, once it may move, adds at most to how far the attacked one can."""
        price = -self.system.sums.T @ prices
        price[attack.place] -= sign
        fall = np.minimum(np.maximum(price, 0.0) * self.system.counts, reach)
        gains = np.where(price < -EXACT, reach, np.where(price > EXACT, fall, 0.0))
        return self._inequality(attack, gains, reach)

    def _ends(self, attack: Attack, free: np.ndarray, low: float, high: float) -> np.ndarray:
        """Between which the cells that may move do: none falls below 0."""
        counts = self.system.counts[free]
        ends = np.column_stack([-counts, np.full(len(free), np.inf)])
        at = free == attack.place
        ends[at] = np.maximum(low, -counts[at])[0], high
        return ends

    def _inequality(self, attack: Attack, gains: np.ndarray, reach: float) -> np.ndarray:
        """The gains of what is hidden come to `reach` where the attacked cell is hidden."""
        row = np.append(np.where(attack.unseen, gains, 0.0), 0.0)
        row[attack.place] = 0.0
        # A small count is hidden always, a 0 only where the pattern says so.
        row[-1 if self.primary[attack.place] else attack.place] = -reach
        return row

    def _keep(self, attack: Attack, free: np.ndarray, moves: np.ndarray) -> None:
        """What one answer in whole numbers shows to be possible, of all cells at once."""
        if np.abs(moves - moves.round()).max() < EXACT:
            values = (self.system.counts[free] + moves).round().astype(int)
            key = attack.unseen.tobytes()
            for at in np.flatnonzero((values > 0) & (values <= self.largest)):
                self.seen_values.add((key, int(free[at]), int(values[at])))

    def _shown_possible(self, attack: Attack, value: int) -> bool:
        return (attack.unseen.tobytes(), attack.place, value) in self.seen_values

    def _by_whole_numbers(self, attacks: Sequence[Attack], hidden: np.ndarray) -> list[Any]:
        """An inequality for a value that no whole numbers allow, though fractions would."""
        for attack in attacks:
            for value in range(1, self.largest + 1):
                if self._shown_possible(attack, value):
                    continue
                point = self._whole(attack, hidden, value)
                if point is not None:
                    self._keep(attack, np.flatnonzero(hidden & attack.unseen), point)
                elif not self._known_impossible(attack, value):
                    return [self._one_more(attack, hidden, value)]
        return []

    def _whole(self, attack: Attack, hidden: np.ndarray, value: int) -> np.ndarray | None:
        """Moves in whole numbers that bring a cell to a value; None where there are none."""
        move = value - self.system.counts[attack.place]
        free = np.flatnonzero(hidden & attack.unseen)
        sums, nought = self.system.sums[:, free], self.system.nought
        solution = scipy.optimize.milp(
            np.zeros(len(free)),
            integrality=np.ones(len(free)),
            bounds=scipy.optimize.Bounds(*self._ends(attack, free, move, move).T),
            constraints=scipy.optimize.LinearConstraint(sums, nought, nought),
            options={"time_limit": self._left()},
        )
        return solution.x

    def _known_impossible(self, attack: Attack, value: int) -> bool:
        """Whether somebody knows by their own cells that a value can't be, were all else hidden."""
        if attack.unseen.all():
            return False
        key = (attack.unseen.tobytes(), attack.place, value)
        if key not in self.impossible:
            everything = np.ones(len(self.weights), bool)
            self.impossible[key] = self._whole(attack, everything, value) is None
        return self.impossible[key]

    def _one_more(self, attack: Attack, hidden: np.ndarray, value: int) -> np.ndarray:
        """At least one of the cells is hidden too without which the value stays impossible."""
        failing = hidden.copy()
        for place in np.argsort(-self.weights, kind="stable"):
            if not failing[place]:
                failing[place] = True
                failing[place] = self._whole(attack, failing, value) is None
        return self._inequality(attack, np.where(failing, 0.0, 1.0), 1.0)
