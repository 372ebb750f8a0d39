"""A prompt-tuned model answers as it was trained to: the vectors stand before the same prompt."""

from dataclasses import replace

import torch
from safetensors.torch import save_file

from samovar import catalog
from samovar.models.base import ChatModel
from samovar.records import ChatRequest, Sampling, Turn
from samovar.settings import Settings
from training.lessons.chat.prompted import PromptedChat

MODEL = replace(catalog.model("smollm2-135m-instruct"), context=512)


def chat(tiny, folder, vectors) -> ChatModel:
    save_file({"prompt_embeddings": vectors}, folder / "adapter_model.safetensors")
    return PromptedChat(MODEL, Settings(), folder, tiny)


def asked(text, **sampling):
    return ChatRequest((Turn("user", text),), Sampling(max_tokens=6, **sampling))


def by_hand(model, ids, vectors):
    embed = model._network.get_input_embeddings()
    found = []
    for _ in range(6):
        inputs = torch.cat([vectors, embed(torch.tensor([*ids, *found]))])[None]
        found.append(int(model._network(inputs_embeds=inputs).logits[0, -1].argmax()))
    return found


def test_greedy_replies_continue_vectors_and_prompt(tiny, tmp_path):
    torch.manual_seed(1)
    vectors = torch.randn(5, 64)
    model = chat(tiny, tmp_path, vectors)
    [reply] = model.complete([asked("dim the lamp")])
    ids = model._dialogue.ids(asked("dim the lamp"))
    with torch.no_grad():
        expected = by_hand(model, ids, vectors)
    kept = expected[: expected.index(2)] if 2 in expected else expected
    assert reply.text == model._vocabulary.tokenizer.decode(kept)
    assert reply.prompt_tokens == len(ids)


def test_replies_keep_their_order_and_their_seed(tiny, tmp_path):
    model = chat(tiny, tmp_path, torch.zeros(2, 64))
    requests = [asked(text, temperature=1.0, seed=7) for text in ("a", "b", "a")]
    found = [reply.text for reply in model.complete(requests)]
    assert found == [reply.text for reply in model.complete(requests)]
    assert model.complete([requests[1]])[0].text == found[1]
    assert found[0] != found[2], "two samples of one batch are drawn apart"


def test_a_reply_ends_at_its_stop_string(tiny, tmp_path, monkeypatch):
    model = chat(tiny, tmp_path, torch.zeros(2, 64))
    whole = model.complete([asked("dim the lamp")])[0]
    end = whole.text[2]
    generate, made = model._network.generate, []

    def counted(**options):
        made.append(generate(**options))
        return made[-1]

    monkeypatch.setattr(model._network, "generate", counted)
    [cut] = model.complete([replace(asked("dim the lamp"), stop=(end,))])
    assert cut.text == whole.text[: whole.text.index(end)]
    assert cut.finish == "stop" and made[0].shape[1] < 6
