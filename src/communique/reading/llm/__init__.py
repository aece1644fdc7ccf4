"""A second reader: a language model behind an OpenAI-compatible server, held to quotations that stand in the text."""

from communique.reading.llm.options import ENDPOINT_VARIABLE, KEY_VARIABLE, MODEL_VARIABLE, LlmOptions
from communique.reading.llm.reader import LlmReader
from communique.reading.llm.usage import Usage

__all__ = ["ENDPOINT_VARIABLE", "KEY_VARIABLE", "MODEL_VARIABLE", "LlmOptions", "LlmReader", "Usage"]
