"""The script in an exported folder that applies the new rows, in plain transformers."""

from __future__ import annotations

from samovar.catalog import Model
from samovar.phrases import Language, Phrase
from samovar.tokenizer.export.rows_file import NAME, NewRows, repo

ALIKE = 0.95
"""Cosine of two rows of one base, whatever it was packed to; those of others are far below."""

ABOUT = Phrase(
    "Give {title} the new vocabulary: python apply.py {repo} OUT\n\n"
    "The first argument is the base, its name on the Hugging Face Hub or a folder; the larger model goes "
    "to OUT.",
    "Добавить в {title} новый словарь: python apply.py {repo} OUT\n\n"
    "Первый аргумент — база, её имя на Hugging Face Hub или папка; увеличенная модель записывается в OUT.",
)
OTHER_SHAPE = Phrase(
    "{given} has a matrix of {shape}, no {title}. Give {repo}.",
    "У {given} матрица {shape}, это не {title}. Укажите {repo}.",
)
OTHER_ROWS = Phrase(
    "{given} has other rows than {title}. Give {repo}.",
    "У {given} другие строки, чем у {title}. Укажите {repo}.",
)
OTHER_CLASS = Phrase(
    "Load this tokenizer with PreTrainedTokenizerFast: AutoTokenizer builds another one here.",
    "Загружайте этот токенизатор через PreTrainedTokenizerFast: AutoTokenizer здесь строит другой.",
)

HEAD = '''"""{about}
"""

import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE, FIRST, PROBE = Path(__file__).parent, {first}, {probe!r}
tokenizer, rows = AutoTokenizer.from_pretrained(HERE), load_file(HERE / "{name}")
model = AutoModelForCausalLM.from_pretrained(sys.argv[1])
matrix, ids, seen = model.get_input_embeddings().weight, rows["base.ids"], rows["base.rows"]
if len(matrix) < FIRST or matrix.shape[1] != seen.shape[1]:
    sys.exit(f"{other_shape}")
if torch.cosine_similarity(matrix[ids].float(), seen).min() < {alike}:
    sys.exit(f"{other_rows}")

model.resize_token_embeddings(max(len(matrix), len(tokenizer)), mean_resizing=False)  # never fewer
embedding, head = model.get_input_embeddings().weight, model.get_output_embeddings().weight
embedding.data[FIRST : len(tokenizer)] = rows["embedding"].to(embedding.dtype)
if head.data_ptr() != embedding.data_ptr():
    head.data[FIRST : len(tokenizer)] = rows["output"].to(head.dtype)
'''
ADAPTER = """
from peft import PeftModel

model = PeftModel.from_pretrained(model, HERE / "adapter").merge_and_unload()
"""
END = """
model.save_pretrained(sys.argv[2])
tokenizer.save_pretrained(sys.argv[2])
if AutoTokenizer.from_pretrained(sys.argv[2])(PROBE).input_ids != tokenizer(PROBE).input_ids:
    print("{other_class}")
"""


def script(model: Model, rows: NewRows, adapter: bool, language: Language) -> str:
    """Return the text of apply.py, which speaks `language`; `adapter` says that a LoRA lies beside it."""
    named = {"title": model.title, "repo": repo(model)}
    given = {"given": "{sys.argv[1]}", "shape": "{tuple(matrix.shape)}"}  # known when it runs
    head = HEAD.format(
        about=ABOUT.say(language, **named),
        other_shape=OTHER_SHAPE.say(language, **named, **given),
        other_rows=OTHER_ROWS.say(language, **named, **given),
        first=rows.first,
        probe=" ".join(dict.fromkeys(form.text.strip() for form in rows.added[:16])),
        name=NAME,
        alike=ALIKE,
    )
    end = END.format(other_class=OTHER_CLASS.say(language))
    return head + (ADAPTER if adapter else "") + end
