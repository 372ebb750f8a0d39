r"""Let any OpenAI-compatible server draft advertising texts; those that a check faults are put aside.

python -m training.marketing.drafts --url http://127.0.0.1:8000/v1 --model NAME \
    --sheets data/marketing/sheets-train.jsonl --out build/drafts.jsonl

Writes the texts without problems to FILE and the others, with their problems, to FILE-dropped. Started again,
it asks only for what is in neither. SAMOVAR_CHAT_KEY holds the server's key. The drafts are to be read and
edited before they train: `python -m training.marketing --also FILE` filters them by similarity.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from tqdm import tqdm

from samovar import catalog
from samovar.command.terminal import run, write
from samovar.marketing import texts
from samovar.marketing.checks.checker import Checked
from samovar.marketing.checks.forms import FORMS
from samovar.marketing.endpoint import checker
from samovar.models.chat.remote import RemoteChat
from samovar.records import to_json
from samovar.settings import Settings
from training.marketing.orders import CHANNELS, TONES, Order, orders, plain, request


def main(argv: Sequence[str] | None = None) -> int:
    """Draft what is missing and return the exit code."""
    options = arguments().parse_args(argv)
    return run(lambda settings, out: drafted(options, settings, out))


def arguments() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser("python -m training.marketing.drafts", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--url", required=True, help="base URL, such as http://127.0.0.1:8000/v1")
    parser.add_argument("--model", required=True, help="the model's name at that server")
    parser.add_argument("--sheets", type=Path, required=True, help="JSON Lines of product sheets")
    parser.add_argument(
        "--out", type=Path, required=True, help="JSON Lines file to write or go on with"
    )
    parser.add_argument("--channels", default=",".join(CHANNELS), help="of " + ", ".join(CHANNELS))
    parser.add_argument("--tones", default=",".join(TONES), help="of " + ", ".join(TONES))
    parser.add_argument("--language", choices=("en", "ru"), help="only sheets in it")
    parser.add_argument("--samples", type=int, default=1, help="texts a sheet, channel and tone")
    parser.add_argument("--together", type=int, default=4, help="requests sent at once")
    parser.add_argument("--most", type=int, default=0, help="drafts at most in this run; 0: all")
    return parser


def drafted(options: argparse.Namespace, settings: Settings, out: IO[str]) -> int:
    """Ask for what is missing, check each reply and write it to the file where it belongs.

    Raises:
        InputError: there is no such channel or tone, or a sheet names no language.
        ModelError: the server cannot be reached or refuses; what came before is kept.
        StoreError: the sheets cannot be read.
    """
    dropped = options.out.with_stem(f"{options.out.stem}-dropped")
    known = done(options.out) | done(dropped)
    missing = [order for order in orders(options) if order.key not in known]
    missing = missing[: options.most or None]
    there = replace(settings, chat_url=options.url, chat_model=options.model)
    chat = RemoteChat(catalog.model(catalog.PROFILES["embedded"]["chat"]), there)
    counts: Counter[str] = Counter()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with (
        options.out.open("a", encoding="utf-8") as good,
        dropped.open("a", encoding="utf-8") as bad,
        tqdm(total=len(missing), unit="text", file=sys.stderr) as bar,
    ):
        for at in range(0, len(missing), options.together):
            part = missing[at : at + options.together]
            replies = chat.complete([request(order, settings.data) for order in part])
            for order, reply in zip(part, replies, strict=True):
                text = plain(reply.text)
                found = checked(text, order, settings.data, finished=reply.finish == "stop")
                counts.update({problem.kind for problem in found.problems} or {"kept"})
                counts["asked"] += 1
                (bad if found.problems else good).write(row(order, text, options.model, found))
            good.flush()
            bad.flush()
            bar.update(len(part))
    chat.close()
    return write(out, _told(counts, len(known), options.out, dropped))


def done(path: Path) -> set[tuple[str, str, str, int]]:
    """Return the keys of the drafts in `path`; a last line torn by a crash is cut off."""
    if not path.is_file():
        return set()
    whole, _, torn = path.read_text(encoding="utf-8").rpartition("\n")
    if torn:
        path.write_text(whole + "\n" if whole else "", encoding="utf-8")
    rows = (json.loads(line) for line in whole.splitlines())
    return {(row["sheet"], row["channel"], row["tone"], row["sample"]) for row in rows}


def checked(text: str, order: Order, data: Path, *, finished: bool) -> Checked:
    """Return what the checks of the tool find in a draft."""
    own = checker(order.language)
    shown = texts.examples(data, order.language, order.channel, order.brief)
    names = [one.brief.name for one in shown]
    return own.check(text, own.sheet(order.brief), FORMS[order.channel], names, finished=finished)


def row(order: Order, text: str, model: str, found: Checked) -> str:
    """Return the line of a draft, with its problems if it has any."""
    said: dict[str, Any] = {
        "sheet": order.brief.id,
        "channel": order.channel,
        "tone": order.tone,
        "language": order.language,
        "text": text,
        "sample": order.sample,
        "model": model,
    }
    if found.problems:
        said["problems"] = to_json(found.problems)
    return json.dumps(said, ensure_ascii=False) + "\n"


def _told(counts: Counter[str], before: int, good: Path, bad: Path) -> list[str]:
    reasons = [(kind, n) for kind, n in counts.most_common() if kind not in ("asked", "kept")]
    fell = ", ".join(f"{kind} {n}" for kind, n in reasons) or "none"
    return [
        f"{counts['asked']} drafts asked for ({before} were there), {counts['kept']} kept",
        f"problems: {fell}",
        *(str(good), str(bad)),
    ]


if __name__ == "__main__":
    sys.exit(main())
