"""A small gated recurrent network (GRU: Cho et al. 2014) in plain arrays, for comparison."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Sequences:
    """Padded sequences.

    Args:
        inputs: Shape ``(people, steps, features)``.
        outcomes: 0 or 1, shape ``(people, steps)``.
        there: 1 where there is a step, 0 where it is padding.
    """

    inputs: "Array"
    outcomes: "Array"
    there: "Array"


class RecurrentNetwork:
    """One GRU layer, and a logistic output beside the inputs of the step.

    Args:
        features: Of each step.
        hidden: Units.
        seed: Of the first weights and the order of training.
    """

    def __init__(self, features: int, hidden: int = 32, seed: int = 1) -> None:
        import numpy as np

        self._chance = np.random.default_rng(seed)
        self._hidden = hidden
        wide = features + hidden + 1
        scale = 1 / np.sqrt(wide)
        self.weights: dict[str, Array] = {
            "gates": self._chance.normal(0, scale, (wide, 2 * hidden)),
            "state": self._chance.normal(0, scale, (wide, hidden)),
            "mixed": self._chance.normal(0, scale, (wide, hidden)),
            "out": np.zeros((hidden + 1, 1)),
        }

    def chances(self, data: Sequences) -> "Array":
        """The chance of each step, shape ``(people, steps)``."""
        return self._forward(data)[0]

    def fit(self, data: Sequences, epochs: int = 30, batch: int = 128, rate: float = 4e-3) -> None:
        """Trains by Adam on the logarithmic loss."""
        import numpy as np

        first = {name: np.zeros_like(one) for name, one in self.weights.items()}
        second = {name: np.zeros_like(one) for name, one in self.weights.items()}
        step = 0
        for epoch in range(epochs):
            order = self._chance.permutation(len(data.inputs))
            speed = rate * (1 - epoch / epochs)
            for begin in range(0, len(order), batch):
                part = order[begin : begin + batch]
                few = Sequences(data.inputs[part], data.outcomes[part], data.there[part])
                step += 1
                for name, slope in self.slopes(few).items():
                    first[name] = 0.9 * first[name] + 0.1 * slope
                    second[name] = 0.999 * second[name] + 0.001 * slope**2
                    lean = first[name] / (1 - 0.9**step)
                    size = np.sqrt(second[name] / (1 - 0.999**step)) + 1e-8
                    self.weights[name] -= speed * (lean / size + 1e-4 * self.weights[name])

    def _forward(self, data: Sequences) -> "tuple[Array, list[dict[str, Array]]]":
        import numpy as np

        people, steps, _ = data.inputs.shape
        state = np.zeros((people, self._hidden))
        ones = np.ones((people, 1))
        chances = np.zeros((people, steps))
        kept: list[dict[str, Array]] = []
        for at in range(steps):
            given = data.inputs[:, at]
            seen = np.hstack([given, state, ones])
            gates = _sigmoid(seen @ self.weights["gates"])
            update, reset = gates[:, : self._hidden], gates[:, self._hidden :]
            mixed = np.hstack([given, reset * state, ones])
            fresh = np.tanh(mixed @ self.weights["state"])
            after = (1 - update) * state + update * fresh
            middle = np.tanh(np.hstack([given, after, ones]) @ self.weights["mixed"])
            chances[:, at] = _sigmoid(np.hstack([middle, ones]) @ self.weights["out"])[:, 0]
            kept.append(
                {
                    "seen": seen,
                    "update": update,
                    "reset": reset,
                    "mixed": mixed,
                    "fresh": fresh,
                    "before": state,
                    "after": after,
                    "middle": middle,
                }
            )
            state = after
        return chances, kept

    def slopes(self, data: Sequences) -> "dict[str, Array]":
        """Of the mean loss by each weight, by going back through the steps."""
        import numpy as np

        chances, kept = self._forward(data)
        slopes = {name: np.zeros_like(one) for name, one in self.weights.items()}
        people, steps, features = data.inputs.shape
        hidden = self._hidden
        ones = np.ones((people, 1))
        errors = (chances - data.outcomes) * data.there / max(data.there.sum(), 1)
        back = np.zeros((people, hidden))
        inner = slice(features, features + hidden)
        for at in reversed(range(steps)):
            one = kept[at]
            error = errors[:, at : at + 1]
            slopes["out"] += np.hstack([one["middle"], ones]).T @ error
            middle = (error @ self.weights["out"][:hidden].T) * (1 - one["middle"] ** 2)
            slopes["mixed"] += np.hstack([data.inputs[:, at], one["after"], ones]).T @ middle
            back = back + middle @ self.weights["mixed"][inner].T
            fresh = back * one["update"] * (1 - one["fresh"] ** 2)
            slopes["state"] += one["mixed"].T @ fresh
            into = fresh @ self.weights["state"][inner].T
            update = back * (one["fresh"] - one["before"]) * one["update"] * (1 - one["update"])
            reset = into * one["before"] * one["reset"] * (1 - one["reset"])
            gates = np.hstack([update, reset])
            slopes["gates"] += one["seen"].T @ gates
            back = (
                back * (1 - one["update"])
                + into * one["reset"]
                + gates @ self.weights["gates"][inner].T
            )
        return slopes


def _sigmoid(values: "Array") -> "Array":
    import numpy as np

    return 1 / (1 + np.exp(-np.clip(values, -30, 30)))
