import io
import zipfile
from pathlib import Path

import pytest

from samovar.errors import InputError
from samovar.records import Cost
from samovar.tokenizer.export.archive import packed
from samovar.tokenizer.shown.taken import NAME, card
from samovar.tokenizer.texts.box import some


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / NAME
    (made / "adapter").mkdir(parents=True)
    (made / "apply.py").write_text("print('<x>')\n", encoding="utf-8")
    (made / "adapter" / "weights").write_bytes(b"\x00\xff" * 9)
    return made


def test_the_zip_holds_the_folder(folder: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(packed(folder).data))
    assert archive.namelist() == [f"{NAME}/adapter/weights", f"{NAME}/apply.py"]
    assert archive.read(f"{NAME}/adapter/weights") == b"\x00\xff" * 9
    assert packed(folder).sizes == {"adapter/weights": 18, "apply.py": 13}


def test_the_card_offers_the_zip_and_the_command(folder: Path) -> None:
    cost = Cost(1.0, "SmolLM2", "tokenizers")
    shown = card((49152, 49153), packed(folder), ["it's", "b"], "mean", cost, "ru")
    assert "Новых записей 2, номера с 49152 по 49153" in shown.body
    assert "print(&#39;&lt;x&gt;&#39;)" in shown.body
    assert "--terms &#39;it&#39;&#34;&#39;&#34;&#39;s, b&#39; --initial mean" in shown.body
    (download,) = shown.downloads
    assert download.name == f"{NAME}.zip" and download.data[:2] == b"PK"


@pytest.mark.parametrize("terms", ["", " ,\n; "])
def test_without_terms_there_is_nothing_to_take(terms: str) -> None:
    with pytest.raises(InputError, match="no terms yet"):
        some(terms)
    assert some("kubectl,") == ["kubectl"]
