"use strict";
/* Keys of review: whatever bears data-shortcut is pressed by that key. htmx brings the next record without a new page. */
(() => {
  const press = (key) => () => {
    const target = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
    if (!target) return false;
    const hidden = target.closest("details:not([open])");
    if (hidden && !target.matches("summary")) hidden.open = true;
    target.click();
    if (target.matches("summary")) target.parentElement.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  };
  const marked = (fact) => (fact.dataset.evidence || "").split(" ").filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean)
    .map((anchor) => { let node = anchor; while (node && node.tagName !== "MARK" && !node.querySelector?.("mark")) node = node.nextElementSibling; return node?.tagName === "MARK" ? node : node?.querySelector("mark"); }).filter(Boolean);
  const light = (fact) => {
    document.querySelectorAll(".is-lit").forEach((lit) => lit.classList.remove("is-lit"));
    if (!fact) return;
    fact.classList.add("is-lit");
    marked(fact).forEach((mark) => mark.classList.add("is-lit"));
  };
  const show = (number) => () => {
    const fact = document.querySelector(`[data-evidence][data-key="${number}"]`);
    if (!fact) return false;
    light(fact);
    marked(fact)[0]?.scrollIntoView({ block: "center" });
  };
  const bind = () => {
    document.querySelectorAll("[data-shortcut]").forEach((target) => {
      const key = target.dataset.shortcut;
      desk.bindKeys({ [key]: { words: target.textContent.trim(), does: press(key) } });
    });
    for (let n = 1; n <= 9; n += 1) desk.bindKeys({ [n]: { words: `evidence of field ${n}`, does: show(n) } });
  };
  const start = () => {
    bind();
    for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => { const fact = event.target.closest?.(".review [data-evidence]"); if (fact) light(fact); });
    document.addEventListener("htmx:afterSwap", bind); /* not when it settles: a key may be pressed before */
    /* Refusals (409, 400) are pages too, and are shown like any other. */
    document.addEventListener("htmx:beforeSwap", (event) => { if (event.detail.xhr.status >= 400) event.detail.shouldSwap = true; });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
