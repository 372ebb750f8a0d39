// What Gradio does not do itself: the tool in the address, links, theme and language.
const samovar = {
  tool() {
    return samovar.asked("tool") || "paraphrase";
  },

  // What the address says of `name`; "": nothing.
  asked(name) {
    return new URLSearchParams(location.search).get(name) || "";
  },

  // The place of a card, its id and its tool.
  bench(id) { return document.getElementById(id)?.closest(".bench"); },
  benches(node) { return node.closest(".bench"); },
  card(bench) { return bench.querySelector("[id^=result-]:not([id$=live])"); },

  // The menu of a narrow screen: its press goes to a hidden button, which selects the tab.
  choose(slug) {
    samovar.wanted = slug;
    document.getElementById(`menu-${document.documentElement.lang}`).click();
    samovar.mark(slug);
  },
  chosenTool() { return { selected: samovar.wanted, __type__: "update" }; },

  // The tool that is open, in the menu too.
  mark(slug) {
    for (const button of document.querySelectorAll("[data-tool]")) {
      button.setAttribute("aria-current", String(button.dataset.tool === slug));
    }
  },

  otherLanguage(query) {
    const here = location.pathname.replace(/\/$/, "");
    const other = SAMOVAR_FIRST === "en" ? "ru" : "en";
    const there = here.endsWith(`/${other}`) ? here.slice(0, -other.length) : `${here}/${other}`;
    samovar.remember("language", there.endsWith(`/${other}`) ? other : SAMOVAR_FIRST);
    samovar.leave();
    location.href = `${there || "/"}${query}`;
  },

  look() {
    const dark = !document.body.classList.contains("dark");
    document.body.classList.toggle("dark", dark);
    samovar.remember("look", dark ? "dark" : "light");
  },

  remember(name, value) {
    try { localStorage.setItem(`samovar-${name}`, value); } catch { /* storage may be off */ }
  },

  remembered(name) {
    try { return localStorage.getItem(`samovar-${name}`); } catch { return null; }
  },

  // A button inside a result asks the server: `data-act` says for what, its other data go along.
  acts(element, trigger) {
    element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button && !button.disabled) trigger("click", { ...button.dataset });
    });
  },

  // A live tool answers when its visitor pauses, or at once when the main button is pressed.
  // A link may fill in the inputs before the tool is drawn: then it waits for that, too.
  pauses: {},
  paused(id) {
    clearTimeout(samovar.pauses[id]);
    samovar.pauses[id] = setTimeout(() => {
      const button = document.getElementById(`${id}-live`);
      if (button) button.click(); else samovar.paused(id);
    }, 350);
  },

  // One goes on typing after each press, the line and the newest answer in view.
  compose(bench) {
    samovar.followed = bench;
    samovar.away = null;
    setTimeout(() => {
      bench.querySelector(".composer textarea")?.focus({ preventScroll: true });
      samovar.follow(bench);
    }, 50);
  },

  // The bench whose line stays in view, and the result whose end the visitor has left.
  followed: null,
  away: null,
  follow(bench) {
    if (!bench) return;
    const result = bench.querySelector(".prose.result");
    if (samovar.away !== result) {
      samovar.end = samovar.endOf(result);
      result.scrollTop = samovar.end;
    }
    if (bench !== samovar.followed) return;
    bench.querySelector(".input-card:last-child")?.scrollIntoView({ block: "end" });
  },

  // The end of a result, or the beginning of its newest part where that would be out of view.
  end: 0,
  endOf(result) {
    const end = result.scrollHeight - result.clientHeight;
    const newest = result.querySelector("[data-newest]");
    if (!newest) return end;
    const box = newest.getBoundingClientRect();
    const top = box.top - result.getBoundingClientRect().top + result.scrollTop;
    return Math.min(end, Math.max(top - 8, top + box.height - result.clientHeight));
  },

  scrolled(event) {
    const box = event.target;
    if (!box.matches?.(".bench.below .prose.result")) return;
    samovar.away = box.scrollTop < samovar.end - 40 ? box : null;
  },

  // The text that a button carries, or that stands beside it.
  text(button) {
    if (button.dataset.copyText) return button.dataset.copyText;
    if (button.dataset.copyEdited !== undefined) return button.closest("li").querySelector("[data-edit]").value;
    return button.closest("div").querySelector("pre").textContent;
  },

  async copy(button, text) {
    const label = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => { button.textContent = label; }, 1500);
    try { await navigator.clipboard.writeText(text); } catch { window.prompt("", text); }
  },

  say(name, values = {}) {
    const words = SAMOVAR_SAID[document.documentElement.lang]?.[name] ?? name;
    return words.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  },

  // What the page itself says in a card, until the next press.
  tell(card, name, values, kind = "hint") {
    card.querySelector(":scope > .told")?.remove();
    const told = document.createElement("div");
    told.className = `notice told ${kind}`;
    told.role = kind === "error" ? "alert" : "status";
    told.textContent = samovar.say(name, values);
    card.prepend(told);
  },

  begin() {
    samovar.preselect();
    if (document.readyState !== "loading") samovar.start();
    else document.addEventListener("DOMContentLoaded", samovar.start);
  },

  start() {
    const other = SAMOVAR_FIRST === "en" ? "ru" : "en";
    const onOther = location.pathname.replace(/\/$/, "").endsWith(`/${other}`);
    const asked = new URLSearchParams(location.search).get("lang");
    const wish = asked || samovar.remembered("language")
      || (window.SAMOVAR_BROWSER || navigator.language || "").slice(0, 2).toLowerCase();
    if (!onOther && wish === other && (asked || !samovar.remembered("seen"))) {
      samovar.remember("seen", "yes");
      location.replace(`${location.pathname.replace(/\/$/, "")}/${other}${location.search}`);
      return;
    }
    samovar.remember("seen", "yes");
    document.documentElement.lang = onOther ? other : SAMOVAR_FIRST;
    document.documentElement.classList.toggle("alone", samovar.asked("alone") === "1");
    const look = samovar.asked("look") || samovar.remembered("look");
    if (look) document.body.classList.toggle("dark", look === "dark");
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-copy], [data-copy-text], [data-copy-edited]");
      if (button?.dataset.copy !== undefined) samovar.share(button);
      else if (button) samovar.copy(button, samovar.text(button));
      const tool = event.target.closest("[data-tool]");
      if (tool) samovar.choose(tool.dataset.tool);
      const forget = event.target.closest("[data-forget]");
      if (forget) samovar.forgetRuns(forget.dataset.forget);
      const run = event.target.closest("button.run");
      if (run) clearTimeout(samovar.pauses[run.closest(".bench").querySelector("[id^=result-]").id]);
      const typing = event.target.closest(".bench.below :is(.sample, [data-act=edit])");
      if (typing) samovar.compose(typing.closest(".bench"));
    });
    samovar.watchFiles();
    samovar.watchHistory();
    document.addEventListener("click", samovar.hold, true);
    document.addEventListener("scroll", samovar.scrolled, true);
    for (const move of ["wheel", "touchmove"]) {
      document.addEventListener(move, () => { samovar.followed = null; }, { passive: true });
    }
    new MutationObserver((changes) => {  // Gradio patches a card in place or puts in a new one
      const cards = changes.flatMap((change) => [change.target, ...change.addedNodes])
        .map((node) => node.closest?.(".answer") || node.querySelector?.(":scope > .answer"));
      for (const card of new Set(cards)) {
        if (!card) continue;
        if (samovar.benches(card)) samovar.answered(card);
        samovar.follow(card.closest(".bench.below"));
      }
    }).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-link"] });
  },
};
