"use strict";
/* Keys, tooltips, evidence and charts that answer to the pointer. Every page works without this file. */
(() => {
  const root = document.documentElement;
  const store = {
    get(name) { try { return localStorage.getItem(name); } catch { return null; } },
    set(name, value) { try { localStorage.setItem(name, value); } catch { /* private windows keep nothing */ } },
  };

  /* Keys: other scripts add theirs with desk.bindKeys({x: {does, words}}). They can be switched off (WCAG 2.1.4). */
  const bindings = new Map();
  const bindKeys = (added) => Object.entries(added).forEach(([key, action]) => bindings.set(key, action));
  const areKeysOn = () => store.get("keys") !== "off";
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { hideTip(); if (isTyping(event.target)) event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areKeysOn()) return;
    const action = bindings.get(event.key);
    if (action && action.does(event) !== false) event.preventDefault();
  });

  const rows = () => [...document.querySelectorAll("[data-rows] tbody tr, [data-rows] > li")];
  let here = -1;
  const step = (by) => {
    const all = rows();
    if (!all.length) return false;
    all[here]?.classList.remove("is-here");
    here = Math.min(Math.max(here + by, 0), all.length - 1);
    all[here].classList.add("is-here");
    all[here].querySelector("a")?.focus({ preventScroll: true });
    all[here].scrollIntoView({ block: "nearest" });
  };
  const follow = (selector) => { const link = document.querySelector(selector); if (!link) return false; link.click(); };
  bindKeys({
    "/": { words: "search", does: () => { const box = document.querySelector("#find"); box?.focus(); box?.select(); } },
    "?": { words: "help", does: () => follow("a[data-help]") },
    j: { words: "next row", does: () => step(1) },
    k: { words: "previous row", does: () => step(-1) },
    "]": { words: "next page or source", does: () => follow("a[rel=next]") },
    "[": { words: "previous page or source", does: () => follow("a[rel=prev]") },
  });

  /* Evidence: a fact lights the passages that prove it, a number key shows them. */
  const passages = (fact) => (fact.dataset.evidence || "").split(" ").filter(Boolean).map((id) => document.getElementById(id)).filter(Boolean);
  const markAt = (anchor) => { let node = anchor; while (node && !node.querySelector?.("mark") && node.tagName !== "MARK") node = node.nextElementSibling; return node?.tagName === "MARK" ? node : node?.querySelector("mark"); };
  const light = (fact, on) => { fact.classList.toggle("is-lit", on); passages(fact).forEach((a) => markAt(a)?.classList.toggle("is-lit", on)); };
  const facts = [...document.querySelectorAll("[data-evidence]")];
  facts.forEach((fact) => {
    fact.addEventListener("pointerenter", () => light(fact, true));
    fact.addEventListener("pointerleave", () => light(fact, false));
    fact.addEventListener("focusin", () => light(fact, true));
    fact.addEventListener("focusout", () => light(fact, false));
  });
  for (let n = 1; n <= 9; n += 1) {
    bindKeys({ [n]: { words: `evidence of field ${n}`, does: () => {
      const fact = facts.find((f) => f.dataset.key === String(n));
      if (!fact) return false;
      facts.forEach((f) => light(f, false));
      light(fact, true);
      passages(fact)[0]?.scrollIntoView({ block: "center" });
    } } });
  }

  /* Tooltips: what a <title> says, at once and beside the pointer or the focus. */
  let tip = null;
  const hideTip = () => { if (tip) tip.hidden = true; };
  const place = (x, y) => { /* CSSOM is not inline style: the policy allows it. */
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(8, Math.min(x + 14, innerWidth - box.width - 8))}px`;
    tip.style.top = `${Math.max(8, y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18)}px`;
  };
  const showTip = (words, x, y) => {
    if (!tip) { tip = Object.assign(document.createElement("div"), { className: "tip" }); tip.setAttribute("aria-hidden", "true"); document.body.append(tip); }
    tip.textContent = words; tip.hidden = false; place(x, y);
  };
  const titled = (target) => { const holder = target.closest?.(".chart a, .chart [data-tip]"); const title = holder?.querySelector("title"); if (title) { holder.dataset.words = title.textContent; title.remove(); holder.setAttribute("aria-label", holder.dataset.words); } return holder?.dataset.words ? holder : null; };
  document.addEventListener("pointermove", (event) => { const holder = titled(event.target); if (holder) showTip(holder.dataset.words, event.clientX, event.clientY); else hideTip(); });
  document.addEventListener("focusin", (event) => { const holder = titled(event.target); if (holder && holder.matches(":focus-visible")) { const box = holder.getBoundingClientRect(); showTip(holder.dataset.words, box.right, box.top); } else hideTip(); });
  document.addEventListener("scroll", hideTip, { passive: true });

  /* Network: a node shows its own ties. */
  document.querySelectorAll("svg.network").forEach((net) => {
    const focus = (node) => {
      net.classList.toggle("is-focused", Boolean(node));
      net.querySelectorAll(".is-near").forEach((e) => e.classList.remove("is-near"));
      if (!node) return;
      const near = new Set([node.dataset.node]);
      net.querySelectorAll(".tie").forEach((tie) => { const ends = tie.dataset.ends.split(" "); if (ends.includes(node.dataset.node)) { tie.classList.add("is-near"); ends.forEach((e) => near.add(e)); } });
      net.querySelectorAll(".node").forEach((n) => { if (near.has(n.dataset.node)) n.classList.add("is-near"); });
    };
    net.addEventListener("pointerover", (event) => focus(event.target.closest(".node")));
    net.addEventListener("pointerleave", () => focus(null));
    net.addEventListener("focusin", (event) => focus(event.target.closest(".node")));
    net.addEventListener("focusout", () => focus(null));
  });

  /* The switch between light and dark, without loading the page anew. */
  document.querySelector("form.theme")?.addEventListener("submit", (event) => {
    const form = event.target, wanted = form.elements.theme.value;
    event.preventDefault();
    fetch(form.action, { method: "POST", body: new URLSearchParams({ theme: wanted }) });
    root.dataset.theme = wanted;
    form.elements.theme.value = wanted === "dark" ? "light" : "dark";
  });
  const theme = document.querySelector("form.theme");
  if (theme && root.dataset.theme === "auto") theme.elements.theme.value = matchMedia("(prefers-color-scheme: dark)").matches ? "light" : "dark";

  /* Filters act at once; their button serves those without JavaScript. */
  document.querySelectorAll("form.filters").forEach((form) => form.addEventListener("change", (event) => { if (event.target.matches("select, input[type=checkbox]")) form.requestSubmit(); }));
  document.querySelectorAll("form.filters").forEach((form) => form.addEventListener("submit", () => [...form.elements].forEach((field) => { if (!field.value) field.disabled = true; })));
  document.querySelectorAll("[data-keys-switch]").forEach((box) => { box.hidden = false; const input = box.querySelector("input"); input.checked = areKeysOn(); input.addEventListener("change", () => store.set("keys", input.checked ? "on" : "off")); });
  document.querySelectorAll("[data-print]").forEach((b) => { b.hidden = false; b.addEventListener("click", () => print()); });

  window.desk = Object.freeze({ bindKeys, bindings, areKeysOn });
})();
