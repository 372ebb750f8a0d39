// Links, the browser's Back and Forward, and the visitor's own runs, which are kept in this browser only.
const RUNS = { most: 40, characters: 2e6, one: 3e5 };
Object.assign(samovar, {
  slug(bench) { return samovar.card(bench).id.split("-").slice(1, -1).join("-"); },
  shown(bench) { return samovar.card(bench).querySelector(".answer"); },

  // The tool that the address names is the first thing painted.
  preselect() {
    const asked = samovar.asked("tool");
    for (const one of window.gradio_config?.components ?? []) {
      if (one.type === "tabs" && one.props.elem_id?.startsWith("tools-")) one.props.selected = asked || one.props.selected;
    }
  },

  // Until the link is restored the address is not ours: Gradio opens the first tab while it mounts.
  settled: false,
  settle() {
    samovar.settled = true;
    samovar.mark(samovar.tool());
    setTimeout(samovar.arrived, 100);
    setTimeout(samovar.nameButtons, 500);
  },

  // The address always names the open tool; a link that restores this tool's inputs stays as it is.
  opened(slug) {
    setTimeout(samovar.nameButtons, 500);
    if (samovar.settled) samovar.mark(slug);
    if (!samovar.settled || samovar.walking || samovar.tool() === slug) return;
    history.pushState(null, "", `${location.pathname}?tool=${slug}`);
  },

  // After each answer the address restores it: the first state of a run is an entry of its own.
  answered(card) {
    const bench = samovar.benches(card);
    const busy = samovar.busy[samovar.card(bench).id];
    if (bench.dataset.running) bench.dataset.running = "fresh";
    const link = card.dataset.link;
    if (!link || card.querySelector(".ribbon") || location.search.startsWith(link)) return;
    const address = location.pathname + link + samovar.without(bench);
    if (busy && !busy.pushed) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
    if (busy) busy.pushed = true;
  },

  // What a link cannot carry: the names of the files that the result used.
  without(bench) {
    const names = samovar.files[samovar.slug(bench)] ?? [];
    return names.length ? `&files=${encodeURIComponent(names.join(", "))}` : "";
  },

  // An address that somebody opens: its own result, the shared one, or the same question asked again.
  arrived() {
    const bench = document.querySelector("[role=tabpanel]:not([style*='none']) .bench");
    if (!bench) return;
    samovar.remembersFirst(bench);
    samovar.listRuns();
    const { id } = samovar.card(bench);
    const left = sessionStorage.getItem("samovar-left");
    sessionStorage.removeItem("samovar-left");
    if (left !== null) {
      if (left) samovar.tell(bench.querySelector(".input-card"), "left", { names: left });
    } else if (samovar.asked("result")) document.getElementById(`${id}-open`).click();
    else if (samovar.asked("v")) samovar.askAgain(bench, "again");
  },

  // The language switch opens another page: files stay behind, and it is said there.
  leave() {
    const names = Object.values(samovar.files).flat();
    try { sessionStorage.setItem("samovar-left", names.join(", ")); } catch { /* storage may be off */ }
  },

  // Card → why it is asked without a press of its visitor.
  reasons: {},

  // A tool that answers by itself or goes on from a conversation is not asked again.
  askAgain(bench, why) {
    const { id } = samovar.card(bench);
    const card = bench.querySelector(".result-card");
    const files = samovar.asked("files");
    const own = samovar.runs().find((run) => samovar.sameAddress(run));
    if (own?.html) {
      samovar.recall(id, own.html);
      samovar.tell(card, "kept", { time: samovar.time(own.at) });
    } else if (files) samovar.tell(bench.querySelector(".input-card"), "missing", { names: files });
    else if (!bench.querySelector(".composer") && !document.getElementById(`${id}-live`)) {
      samovar.reasons[id] = why;
      bench.querySelector("button.run").click();
    }
  },

  sameAddress(run) {
    return samovar.languageOf(run) && location.search === run.address;
  },
  languageOf(run) { return run.language === document.documentElement.lang; },

  // Copy link: the result is stored under an id where the server can, and the link names it.
  sharing: {},
  share(button) {
    const bench = samovar.benches(button);
    const { id } = bench ? samovar.card(bench) : { id: "" };
    const link = button.dataset.copy;
    if (!bench || bench.dataset.running || samovar.shown(bench)?.querySelector(".ribbon")) return samovar.link(button, link);
    samovar.sharing[id] = link;
    document.getElementById(`${id}-share`).click();
  },

  shared(id, name) {
    const bench = samovar.bench(id);
    const asked = samovar.sharing[id];
    const more = asked.endsWith("&alone=1") ? "&alone=1" : "";
    const link = asked.slice(0, asked.length - more.length) + samovar.without(bench) + (name ? `&result=${name}` : "");
    // Gradio may have drawn the card, and the button, anew.
    const button = [...bench.querySelectorAll("[data-copy]")].find((one) => one.dataset.copy === asked);
    samovar.link(button, link + more);
  },

  link(button, query) {
    samovar.copy(button, location.origin + location.pathname + query);
  },

  // The server has answered whether it still holds the result that the address names.
  found(id, name) {
    if (name) return;
    const bench = samovar.bench(id);
    if (samovar.asked("alone")) samovar.tell(bench.querySelector(".result-card"), "nothing");
    else samovar.askAgain(bench, "expired");
  },

  // A card is put back through Gradio, which would lose what a script writes there itself.
  toRecall: {},
  recall(id, html) {
    samovar.toRecall[id] = html;
    delete samovar.bench(id).dataset.refused;
    document.getElementById(`${id}-recall`).click();
  },
  recalled(id) { return samovar.toRecall[id]; },

  first: {},
  remembersFirst(bench) {
    samovar.first[samovar.card(bench).id] ??= samovar.shown(bench)?.outerHTML ?? "";
  },

  watchHistory() {
    addEventListener("popstate", samovar.walk);
  },

  // Back and Forward: the tool, its inputs and its result of then.
  walking: false,
  async walk() {
    samovar.walking = true;
    const slug = samovar.tool();
    const open = document.querySelector(`[role=tab][data-tab-id="${slug}"][aria-selected=true]`);
    if (!open) samovar.choose(slug);
    const id = `result-${slug}-${document.documentElement.lang}`;
    for (let tries = 0; tries < 40 && !document.getElementById(id); tries += 1) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
    const bench = samovar.bench(id);
    if (bench) {
      samovar.remembersFirst(bench);
      if (samovar.asked("v")) document.querySelector(".reopen-inputs")?.click();
      const run = samovar.runs().find((one) => samovar.sameAddress(one));
      const html = run?.html || (samovar.asked("v") ? "" : samovar.first[id]);
      if (html && !bench.querySelector(".composer")) samovar.recall(id, html);
    }
    samovar.walking = false;
  },

  // The visitor's own runs, the newest first.
  runs() {
    try { return JSON.parse(samovar.remembered("runs") || "[]"); } catch { return []; }
  },

  keep(bench) {
    const card = samovar.shown(bench);
    const link = card?.dataset.link;
    if (!link || card.querySelector(".ribbon")) return;
    const query = new URLSearchParams(link);
    const title = [...query].find(([name]) => !["tool", "v"].includes(name))?.[1] ?? "";
    const html = card.outerHTML;
    const run = {
      at: Date.now(), tool: query.get("tool"), language: document.documentElement.lang,
      address: link + samovar.without(bench), title: title.slice(0, 80), html: html.length > RUNS.one ? "" : html,
    };
    const kept = [run, ...samovar.runs().filter((one) => one.address !== run.address || one.language !== run.language)];
    kept.splice(RUNS.most);
    while (kept.length > 1 && JSON.stringify(kept).length > RUNS.characters) kept.pop();
    samovar.remember("runs", JSON.stringify(kept));
    samovar.listRuns();
  },

  time(at) {
    return new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" }).format(at);
  },

  // Draw the runs of each tool below its bench; two that are ticked stand side by side.
  listRuns() {
    for (const place of document.querySelectorAll("[data-runs]")) {
      const runs = samovar.runs().filter((run) => run.tool === place.dataset.runs && samovar.languageOf(run));
      place.closest(".block.runs-block").classList.toggle("some", runs.length > 0);
      place.querySelector("ul").replaceChildren(...runs.map((run) => samovar.runLine(place, run)));
      samovar.sideBySide(place);
    }
  },

  runLine(place, run) {
    const line = document.createElement("li");
    const tick = Object.assign(document.createElement("input"), { type: "checkbox" });
    tick.ariaLabel = `${samovar.say("compare")}: ${run.title}`;
    tick.disabled = !run.html;
    tick.addEventListener("change", () => samovar.sideBySide(place));
    const open = Object.assign(document.createElement("a"), { textContent: run.title || "…", href: location.pathname + run.address });
    const time = Object.assign(document.createElement("small"), { textContent: samovar.time(run.at) });
    line.append(tick, open, time);
    line.run = run;
    return line;
  },

  sideBySide(place) {
    const ticked = [...place.querySelectorAll(".runs > li")].filter((line) => line.querySelector("input").checked);
    for (const line of place.querySelectorAll(".runs > li")) {
      const tick = line.querySelector("input");
      tick.disabled = !line.run.html || (ticked.length >= 2 && !tick.checked);
    }
    const cards = ticked.map(({ run }) => {
      const box = document.createElement("div");
      box.className = "result-card";
      const head = Object.assign(document.createElement("p"), { className: "cost", textContent: `${samovar.time(run.at)} · ${run.title}` });
      const body = document.createElement("div");
      body.innerHTML = run.html;  // made, escaped and sent by this server; kept in this origin alone
      box.append(head, body);
      return box;
    });
    place.querySelector(".side-by-side").replaceChildren(...cards);
  },

  forgetRuns(slug) {
    samovar.remember("runs", JSON.stringify(samovar.runs().filter((run) => run.tool !== slug)));
    samovar.listRuns();
  },
});
