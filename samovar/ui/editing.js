// What a visitor edits: a form that opens from a text, and texts inside a result.
Object.assign(samovar, {
  // What one types in a form goes back into the text it came from: a line for each field, its label in front.
  // The last value is that text as it is; it stays when the fields were filled from it.
  written(lines, values) {
    if (!document.activeElement?.closest(".opened-form")) return values[lines.length];
    return lines.map(([label, between], at) => {
      const parts = (values[at] || "").split("\n").map((part) => part.trim()).filter(Boolean);
      return parts.length ? (label ? `${label}: ` : "") + parts.join(between) : "";
    }).filter(Boolean).join("\n");
  },

  // Texts inside a result are edited in place; the server judges them when their visitor pauses.
  // Until its verdict has come a text counts as not judged, and a file that holds it waits.
  edits(element, trigger) {
    let waiting;
    let wanted = null;
    const judge = (editor) => {
      const texts = {};
      for (const box of samovar.boxes(editor)) {
        if (!samovar.verdict(box).classList.contains("stale")) continue;
        texts[box.dataset.edit] = { ...JSON.parse(box.dataset.own), text: box.value };
      }
      trigger("input", { given: editor.dataset.given, texts: JSON.stringify(texts) });
    };
    element.addEventListener("input", (event) => {
      const box = event.target.closest("[data-edit]");
      if (!box) return;
      event.stopPropagation();
      samovar.fit(box);
      samovar.verdict(box).classList.add("stale");
      clearTimeout(waiting);
      waiting = setTimeout(judge, 400, box.closest(".editor"));
    });
    element.addEventListener("focusin", (event) => {
      const box = event.target.closest("[data-edit]");
      if (box) samovar.fit(box);
    });
    element.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-head]");
      const editor = link?.closest(".answer").querySelector(".editor");
      if (!editor) return;
      const open = samovar.unjudged(editor);
      const asked = wanted === link && !element.querySelector(".verdict.stale");
      wanted = null;
      if (!open.length) return samovar.file(link, editor);
      event.preventDefault();
      // It was asked for and no verdict came: what stands below the text says why.
      if (asked) return samovar.verdict(open[0]).scrollIntoView({ block: "nearest" });
      wanted = link;
      for (const box of open) samovar.verdict(box).classList.add("stale");
      clearTimeout(waiting);
      judge(editor);
    });
    element.addEventListener("judged", () => {
      if (wanted && !wanted.isConnected) wanted = null;
      if (wanted && !element.querySelector(".verdict.stale")) wanted.click();
    });
  },

  boxes(editor) { return [...editor.querySelectorAll("[data-edit]")]; },
  verdict(box) { return box.closest(".editor").querySelector(`[data-verdict="${box.dataset.edit}"]`); },

  // The texts of which a file could not say what was found; an emptied one is left out of it.
  unjudged(editor) {
    return samovar.boxes(editor).filter((box) => {
      const found = samovar.verdict(box);
      return box.value.trim() && (found.classList.contains("stale") || found.dataset.records === "{}");
    });
  },

  // A file of a result holds its texts as they stand now.
  file(link, editor) {
    const parts = samovar.boxes(editor).filter((box) => box.value.trim())
      .map((box) => JSON.parse(samovar.verdict(box).dataset.records)[link.download]);
    URL.revokeObjectURL(link.href);
    link.href = URL.createObjectURL(new Blob([link.dataset.head, ...parts]));
  },

  // A box is as high as its text, also where CSS alone cannot do that.
  fit(box) {
    if (CSS.supports("field-sizing", "content")) return;
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
  },

  // Verdicts arrive beside the result, so that the box in which one types stays as it is.
  // One on an earlier wording is dropped: that on the present one is on its way.
  judged(id) {
    const result = document.getElementById(id);
    for (const fresh of document.querySelectorAll(`#${id}-judged [data-verdict]`)) {
      const box = result.querySelector(`[data-edit="${fresh.dataset.verdict}"]`);
      if (!box || box.value !== fresh.dataset.of) continue;
      const old = samovar.verdict(box);
      old.replaceChildren(...[...fresh.childNodes].map((node) => node.cloneNode(true)));
      old.dataset.records = fresh.dataset.records;
      old.toggleAttribute("data-clean", fresh.hasAttribute("data-clean"));
      old.classList.remove("stale");
    }
    const all = result.querySelectorAll(".editor [data-verdict]");
    const clean = [...all].filter((one) => one.hasAttribute("data-clean"));
    for (const tally of result.querySelectorAll("[data-tally]")) tally.textContent = `${clean.length}/${all.length}`;
    result.querySelector(".editor")?.dispatchEvent(new Event("judged", { bubbles: true }));
  },
});
