import numpy as np

from samovar.catalog import PROFILES, model
from samovar.models.files import weights
from samovar.models.files.gguf_rows import rows
from samovar.settings import Settings
from samovar.tokenizer.vocabulary.embeddings import TENSOR, embeddings


def test_single_rows_are_those_of_the_whole_matrix() -> None:
    path = weights.joined(model(PROFILES["embedded"]["chat"]), Settings())
    ids = [7, 49_151, 300]
    found = rows(path, TENSOR, ids)
    assert found is not None and found.dtype == np.float32
    assert np.array_equal(found, embeddings().rows[ids])
    assert rows(path, "output.weight", ids) is None  # tied
