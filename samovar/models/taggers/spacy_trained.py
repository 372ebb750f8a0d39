"""Named entities by a spaCy pipeline trained here (training/pipeline.py)."""

from __future__ import annotations

from samovar.catalog import Model
from samovar.models.files import tagger_folder
from samovar.models.taggers.spacy import Pipeline
from samovar.models.taggers.spacy_library import pipeline
from samovar.settings import Settings

PIPELINE = "pipeline"
"""Folder inside the tagger's own."""


class TrainedSpacyTagger(Pipeline):
    """Tag with one pipeline of `assets/taggers`, labels PER, LOC, ORG and MISC."""

    def __init__(self, model: Model, settings: Settings) -> None:
        """Load the pipeline, 0.3 s.

        Raises:
            ModelError: it is missing, damaged or of another spaCy version.
        """
        path = tagger_folder.file(model, settings, PIPELINE)
        try:
            super().__init__(model, pipeline(path))
        except (OSError, ValueError) as error:
            raise tagger_folder.damaged(model, PIPELINE) from error

    @property
    def name(self) -> str:
        """Return the row's name in the tagger table."""
        return "spacy-trained"
