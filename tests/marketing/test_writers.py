"""Who writes: the profile's model, its adapter where it is here, the larger one for Russian."""

from __future__ import annotations

from dataclasses import replace

import pytest
from service.serving import ScriptedChat

from samovar.errors import InputError
from samovar.marketing import texts
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.endpoint import shipped
from samovar.marketing.writers import ADAPTERS, SPARE, of, writer
from samovar.models.shelf import Shelf, shelf
from samovar.settings import Settings

SMALL, LARGE = "smollm2-135m-instruct", "qwen2.5-coder-1.5b-instruct"


class Named(ScriptedChat):
    """Is called as it is told."""

    def __init__(self, name, languages, engine="scripted"):
        super().__init__()
        self.name, self.languages, self.engine = name, languages, engine


class Two(Shelf):
    """The small model of the profile, and who answers advertising where it was fetched."""

    def __init__(self, settings, larger):
        super().__init__(settings)
        self._larger = larger

    def chat_of(self, tool):
        small = Named(SMALL, ("en",))
        return self._larger or small if tool else small


@pytest.fixture
def settings(tmp_path):
    """Settings whose adapters of advertising are those of another task: only their base counts here."""
    plain = Settings.from_env({})
    folder = tmp_path / "adapters"
    folder.mkdir()
    for name, other in (
        (ADAPTERS[SMALL], "paraphrase-smollm2"),
        (ADAPTERS[LARGE], "requests-qwen"),
    ):
        (folder / name).symlink_to(plain.assets / "adapters" / other)
    return replace(plain, assets=tmp_path)


def test_the_larger_model_writes_where_it_is_here():
    models = Two(shelf().settings, Named(LARGE, ("en", "ru")))
    assert writer(models, "en").chat.name == writer(models, "ru").chat.name == LARGE
    assert writer(Two(shelf().settings, None), "en").chat.name == SMALL


def test_the_small_model_alone_refuses_russian_and_says_what_helps():
    with pytest.raises(InputError, match="samovar fetch qwen"):
        writer(Two(shelf().settings, None), "ru")


@pytest.mark.parametrize(("name", "adapter"), list(ADAPTERS.items())[:2])
def test_an_adapter_is_used_where_it_is_here(settings, name, adapter):
    models = Shelf(settings)
    by = of(Named(name, ("en", "ru")), models)
    assert by.adapter == adapter
    assert of(Named(name, ("en", "ru")), shelf()).adapter in (None, adapter)
    assert of(Named(name, ("en", "ru"), "remote"), models).adapter is None
    brief = shipped()["kettle-brivona"]
    [request] = by.requests(brief, "en", "post", "plain", 1, 0)
    assert request.adapter == adapter and len(request.turns) == 2 and not request.prefix
    assert by.form("en", "email") == FORMS["email"]


def test_without_one_the_small_model_gets_first_words_and_the_larger_one_examples():
    brief = shipped()["kettle-brivona"]
    bare = replace(shelf().settings, assets=shelf().settings.data)
    small, large = (of(Named(name, ("en", "ru")), Shelf(bare)) for name in (SMALL, LARGE))
    [begun] = small.requests(brief, "en", "post", "plain", 1, 0)
    [shown] = large.requests(brief, "en", "post", "plain", 1, 0)
    assert begun.prefix and not shown.prefix
    assert [turn.role for turn in shown.turns].count("assistant") == texts.SHOWN
    assert len(large.names(brief, "en", "post")) == texts.SHOWN
    assert small.form("en", "email") != large.form("en", "email") == FORMS["email"]
    assert (small.drawn(3), large.drawn(3)) == (9, 3 + SPARE)


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("channel", ["post", "email", "banner", "sms", "landing", "slogan"])
def test_no_product_is_its_own_example(language, channel):
    data = shelf().settings.data
    for brief in texts.sheets(data).values():
        shown = texts.examples(data, language, channel, brief)
        assert len(shown) == texts.SHOWN
        assert brief.name not in {one.brief.name for one in shown}
        assert {one.brief.language for one in shown} == {language}
