// Work in progress: shown at the press, counted in seconds, and files that are still being read.
Object.assign(samovar, {
  // Card → since when its request runs, and whether it has an entry of its own in the browser's history.
  busy: {},

  // At the press: the button says so, the earlier result is marked as such, and seconds run.
  began(id, values) {
    const bench = samovar.bench(id);
    samovar.remembersFirst(bench);
    bench.dataset.running = "old";
    delete bench.dataset.refused;
    for (const told of bench.querySelectorAll(".told")) told.remove();
    if (samovar.reasons[id]) samovar.tell(bench.querySelector(".result-card"), samovar.reasons[id]);
    delete samovar.reasons[id];
    clearInterval(samovar.busy[id]?.clock);
    samovar.busy[id] = { since: performance.now(), clock: setInterval(() => samovar.tick(id), 200) };
    samovar.tick(id);
    samovar.label(bench, "working");
    if (bench.querySelector(".composer")) samovar.sent(bench);
    else samovar.intoView(bench.querySelector(".result-card"));
    return values;
  },

  // The result is brought into view where its beginning is out of it, as always on a phone.
  intoView(card) {
    const { top } = card.getBoundingClientRect();
    if (top < 0 || top > innerHeight / 2) card.scrollIntoView({ block: "start" });
  },

  ended(id) {
    const bench = samovar.bench(id);
    clearInterval(samovar.busy[id]?.clock);
    const fresh = bench.dataset.running === "fresh";
    if (!fresh && bench.querySelector(".notice.error")) bench.dataset.refused = "";
    delete bench.dataset.running;
    samovar.label(bench);
    if (fresh) samovar.keep(bench);
    delete samovar.busy[id];
  },

  tick(id) {
    const seconds = Math.floor((performance.now() - samovar.busy[id].since) / 1000);
    for (const place of samovar.bench(id).querySelectorAll("[data-seconds]")) {
      place.textContent = samovar.say("seconds", { n: seconds });
    }
  },

  // The main button says what goes on, and its own words again when that is over.
  label(bench, name) {
    for (const button of bench.querySelectorAll("button.run, button.also")) {
      button.toggleAttribute("data-held", Boolean(name));
      button.setAttribute("aria-disabled", String(Boolean(name)));
    }
    const run = bench.querySelector("button.run");
    run.dataset.label ??= run.textContent;
    run.textContent = name ? samovar.say(name) : run.dataset.label;
  },

  // A held button takes no press; it keeps its focus, which a disabled one would lose.
  hold(event) {
    if (!event.target.closest?.("button[data-held]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },

  // What is sent leaves the line at once: a later word would be emptied with it.
  sent(bench) {
    for (const line of bench.querySelectorAll(".composer textarea")) {
      line.value = "";
      line.dispatchEvent(new Event("input", { bubbles: true }));
    }
    samovar.compose(bench);
  },

  // Tool → names of the files that are loaded there.
  files: {},
  watchFiles() {
    document.addEventListener("change", samovar.chosen, true);
    document.addEventListener("click", ({ target }) => {
      if (target.closest?.(".label-wrap")) setTimeout(samovar.nameButtons, 300);
    });
    document.addEventListener("drop", (event) => samovar.dropped(event, event.dataTransfer?.files), true);
  },

  chosen(event) {
    if (event.target.type === "file") samovar.dropped(event, event.target.files);
  },

  // Gradio refuses a file that is too large or of another kind in English only: the page says it before.
  // Until a file is read the main button waits: an answer without it would be to another question.
  dropped(event, files) {
    const bench = event.target.closest?.(".bench");
    if (!bench || !files?.length || event.target.closest(".again")) return;
    const large = [...files].find((file) => file.size > SAMOVAR_FILE_MB * 2 ** 20);
    const card = event.target.closest(".input-card");
    card.querySelector(":scope > .told")?.remove();
    const kinds = samovar.kinds(event.target);
    const strange = kinds.length && [...files].find(({ name }) => !kinds.some((kind) => name.toLowerCase().endsWith(kind)));
    if (large || strange) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const size = ((large || strange).size / 2 ** 20).toFixed(0);
      if (large) samovar.tell(card, "large", { name: large.name, size, limit: SAMOVAR_FILE_MB }, "error");
      else samovar.tell(card, "strange", { name: strange.name, kinds: kinds.join(", ") }, "error");
      if (event.target.type === "file") event.target.value = "";
      return;
    }
    samovar.files[samovar.slug(bench)] = [...files].map((file) => file.name);
    samovar.label(bench, "reading");
  },

  // The endings of files that the box takes.
  kinds(target) {
    const input = target.type === "file" ? target : target.closest(".block")?.querySelector("input[type=file]");
    return (input?.accept || "").split(",").map((kind) => kind.trim().toLowerCase()).filter((kind) => kind.startsWith("."));
  },

  // What Gradio calls its buttons for a screen reader is English only.
  names: { reset: "button.reset-button", upload: ".upload-container[aria-label]", foot: "footer[aria-label]" },
  nameButtons() {
    for (const [name, which] of Object.entries(samovar.names)) {
      for (const one of document.querySelectorAll(which)) one.setAttribute("aria-label", samovar.say(name));
    }
  },

  // The file is read, refused or taken out.
  fileRead(id, values) {
    const bench = samovar.bench(id);
    if (!bench.dataset.running) samovar.label(bench);
    const told = bench.querySelector(".input-card .prose.notice-place");
    if (!told?.textContent || told.querySelector(".notice.error")) delete samovar.files[samovar.slug(bench)];
    return values;
  },
});
