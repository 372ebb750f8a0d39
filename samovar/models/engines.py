"""The table of engines: a further one is a further row."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from samovar.catalog import Model
from samovar.models.hardware import Hardware
from samovar.phrases import Phrase
from samovar.settings import Settings


@dataclass(frozen=True, slots=True)
class Engine:
    """Describe one engine: the class that runs it and when this machine can."""

    place: str
    """module:class below `samovar.models`, imported when it is first used"""
    needs: str
    """Package that must be importable."""
    fits: Callable[[Hardware], bool]
    because: Phrase
    network: str = ""
    """module:function that loads the network, of a class that runs on several engines"""
    server: str = ""
    """Setting that holds the URL, of an engine that asks a server; it is taken where that is set."""

    def build(self, model: Model, settings: Settings) -> Any:
        """Return `model` on this engine, loaded.

        Raises:
            ModelError: weights or an adapter are missing, damaged or do not fit.
            StoreError: the cache cannot be written.
        """
        network = (_named(self.network),) if self.network else ()
        return _named(self.place)(model, settings, *network)


def _named(place: str) -> Any:
    module, name = place.split(":")
    return getattr(importlib.import_module(f"samovar.models.{module}"), name)


def x86(hardware: Hardware) -> bool:
    """Tell whether this is an x86 processor without a GPU beside it."""
    return hardware.machine.lower() in ("x86_64", "amd64") and not hardware.gpu


def anywhere(hardware: Hardware) -> bool:
    """Tell that every machine will do."""
    return True


def no_gpu(hardware: Hardware) -> bool:
    """Tell whether the CPU is all there is."""
    return not hardware.gpu


FAST_X86 = Phrase(
    "OpenVINO batches requests fastest on an x86 CPU",
    "OpenVINO быстрее всех обслуживает запросы пачкой на процессоре x86",
)
EVERY_CPU = Phrase("llama.cpp runs any GGUF on any CPU", "llama.cpp работает на любом процессоре")
REFERENCE = Phrase(
    "transformers runs every model and uses the GPU",
    "transformers работает с любой моделью и использует GPU",
)
GIVEN_URL = Phrase("SAMOVAR_CHAT_URL names a server", "в SAMOVAR_CHAT_URL указан сервер")
GIVEN_LLAMA = Phrase(
    "SAMOVAR_LLAMA_URL names a llama.cpp server", "в SAMOVAR_LLAMA_URL указан сервер llama.cpp"
)
OWN_LIBRARY = Phrase("its own library runs it", "работает на собственной библиотеке")
REFERENCE_ENCODER = Phrase(
    "sentence-transformers runs every encoder", "sentence-transformers работает с любым энкодером"
)

ENGINES: dict[tuple[str, str], Engine] = {
    ("chat", "openvino"): Engine(
        "chat.openvino.engine:OpenVinoChat", "openvino_genai", x86, FAST_X86
    ),
    ("chat", "llamacpp"): Engine(
        "chat.llamacpp.engine:LlamaCppChat", "xllamacpp", no_gpu, EVERY_CPU
    ),
    ("chat", "transformers"): Engine(
        "chat.pytorch.engine:TransformersChat", "transformers", anywhere, REFERENCE
    ),
    ("chat", "llama-server"): Engine(
        "chat.llamacpp.at_url:LlamaServerChat",
        "httpx",
        anywhere,
        GIVEN_LLAMA,
        server="llama_url",
    ),
    ("chat", "remote"): Engine(
        "chat.remote:RemoteChat", "httpx", anywhere, GIVEN_URL, server="chat_url"
    ),
    ("encoder", "openvino"): Engine("encoders.openvino:OpenVinoEncoder", "openvino", x86, FAST_X86),
    ("encoder", "sentence-transformers"): Engine(
        "encoders.sentence:SentenceEncoder", "sentence_transformers", anywhere, REFERENCE_ENCODER
    ),
    ("retriever", "openvino"): Engine(
        "encoders.openvino:OpenVinoEncoder", "openvino", x86, FAST_X86
    ),
    ("retriever", "sentence-transformers"): Engine(
        "encoders.sentence:SentenceEncoder", "sentence_transformers", anywhere, REFERENCE_ENCODER
    ),
    ("entailment", "openvino"): Engine(
        "pairs.entailment:TrainedEntailment", "openvino", x86, FAST_X86, "pairs.openvino:network"
    ),
    ("entailment", "transformers"): Engine(
        "pairs.entailment:TrainedEntailment",
        "transformers",
        anywhere,
        REFERENCE,
        "pairs.pytorch:network",
    ),
    ("verifier", "openvino"): Engine(
        "pairs.verifier:TrainedVerifier", "openvino", x86, FAST_X86, "pairs.openvino:network"
    ),
    ("verifier", "transformers"): Engine(
        "pairs.verifier:TrainedVerifier",
        "transformers",
        anywhere,
        REFERENCE,
        "pairs.pytorch:network",
    ),
    ("reranker", "openvino"): Engine(
        "pairs.reranker:TrainedReranker", "openvino", x86, FAST_X86, "pairs.openvino:network"
    ),
    ("reranker", "transformers"): Engine(
        "pairs.reranker:TrainedReranker",
        "transformers",
        anywhere,
        REFERENCE,
        "pairs.pytorch:network",
    ),
    ("reranker", "sentence-transformers"): Engine(
        "pairs.cross_encoder:SentenceReranker", "sentence_transformers", anywhere, REFERENCE_ENCODER
    ),
    ("ner", "spacy"): Engine("taggers.spacy:SpacyTagger", "spacy", anywhere, OWN_LIBRARY),
    ("ner", "natasha"): Engine("taggers.natasha:NatashaTagger", "natasha", anywhere, OWN_LIBRARY),
    ("parser", "spacy"): Engine("parsers.spacy:SpacyParser", "spacy", anywhere, OWN_LIBRARY),
    ("parser", "natasha"): Engine(
        "parsers.natasha:NatashaParser", "slovnet", anywhere, OWN_LIBRARY
    ),
    ("ner", "crf-trained"): Engine("taggers.crf:CrfTagger", "pycrfsuite", anywhere, OWN_LIBRARY),
    ("ner", "spacy-trained"): Engine(
        "taggers.spacy_trained:TrainedSpacyTagger", "spacy", anywhere, OWN_LIBRARY
    ),
    ("ner", "hub-classifier"): Engine("taggers.hub:HubTagger", "transformers", anywhere, REFERENCE),
    ("ner", "gliner"): Engine("taggers.gliner:GlinerTagger", "gliner", anywhere, OWN_LIBRARY),
    ("ner", "openvino"): Engine(
        "taggers.token_openvino:OpenVinoTokenTagger", "openvino", x86, FAST_X86
    ),
    ("ner", "transformers"): Engine(
        "taggers.token_torch:TorchTokenTagger", "transformers", anywhere, REFERENCE
    ),
}
"""(role, name) → engine."""


def elsewhere(engine: str) -> bool:
    """Tell whether this chat engine asks a server, whose model is not the one that the catalog names."""
    return bool(ENGINES["chat", engine].server)
