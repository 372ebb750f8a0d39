"""What the running app publishes: HTTP endpoints and MCP tools."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

PUBLIC = ["/paraphrase", "/search", "/ner", "/tokenizer", "/chat", "/marketing"]


def test_exactly_the_six_endpoints_are_public(client):
    api = client.view_api(return_format="dict", print_info=False)
    assert list(api["named_endpoints"]) == PUBLIC
    assert api["unnamed_endpoints"] == {}


def test_all_events_of_the_page_are_private(client):
    shown = {
        f"/{event['api_name']}"
        for event in client.config["dependencies"]
        if event["api_visibility"] != "private"
    }
    assert shown == set(PUBLIC)


def test_signatures_are_those_promised(client):
    api = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    signatures = {
        name: {
            p["parameter_name"]: p["parameter_default"] if p["parameter_has_default"] else ...
            for p in row["parameters"]
        }
        for name, row in api.items()
    }
    assert signatures == {
        "/paraphrase": {"text": ..., "n": 8, "seed": 0},
        "/search": {"query": ..., "k": 10, "language": "en", "filters": None, "mode": "hybrid"},
        "/ner": {"text": ..., "taggers": None, "language": "auto"},
        "/tokenizer": {"text": ..., "terms": None, "case": False, "tokenizers": None},
        "/chat": {"message": ..., "history": None, "character": "house", "retrieval": True, "seed": 0, "card": None, "check": True},
        "/marketing": {"sheet": ..., "channel": "post", "tone": "plain", "n": 3, "seed": 0, "language": "auto"},
    }  # fmt: skip


def test_the_snippets_of_the_api_page_hold_values_that_run(site):
    told = httpx.get(f"{site}/gradio_api/info", trust_env=False, timeout=30).json()
    for name, row in told["named_endpoints"].items():
        for snippet in row["code_snippets"].values():
            assert '"..."' not in snippet, (name, snippet)


def test_mcp_lists_the_same_six_tools(site):
    tools = httpx.get(f"{site}/gradio_api/mcp/schema", trust_env=False, timeout=30).json()
    assert [tool["name"] for tool in tools] == [name.removeprefix("/") for name in PUBLIC]
    for tool in tools:
        assert tool["description"].endswith(".")
        assert not re.search(r",,|\.,|:,|Raises", tool["description"]), tool["description"]
        required, described = tool["inputSchema"]["required"], tool["inputSchema"]["properties"]
        assert len(required) == 1
        for name, about in described.items():
            assert re.fullmatch(r"[A-Z].*\.", about["description"]), (tool["name"], name)


def test_an_mcp_client_lists_and_calls_a_tool(site):
    def ask(number: int, method: str, **params: Any) -> Any:
        reply = httpx.post(
            f"{site}/gradio_api/mcp/",
            json={"jsonrpc": "2.0", "id": number, "method": method, "params": params},
            headers={"Accept": "application/json, text/event-stream"},
            trust_env=False,
            timeout=60,
        )
        data = re.search(r"\{.*\}", reply.text, re.DOTALL)
        assert data, reply.text
        return json.loads(data[0])["result"]

    assert len(ask(1, "tools/list")["tools"]) == len(PUBLIC)
    called = ask(2, "tools/call", name="ner", arguments={"text": "Ann lives in Rome.", "taggers": ["spacy"]})  # fmt: skip
    assert not called.get("isError")
    assert "Rome" in called["content"][0]["text"]
