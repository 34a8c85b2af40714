"use strict";
(() => {
  const root = document.documentElement;
  const find = (id) => document.getElementById(id);
  const items = [...document.querySelectorAll(".item.quoting")];
  // Every quotation of the report in reading order: stepping walks through the evidence as a reader would.
  const stops = items.flatMap((item) =>
    [...item.querySelectorAll(".place")].map((link) => ({ item, link, anchor: link.dataset.passage })));
  const buttons = { previous: find("previous"), next: find("next"), back: find("back") };
  let at = -1;

  const marksOf = (anchor) => [...document.querySelectorAll("mark[data-passages], rect[data-passages]")]
    .filter((mark) => mark.dataset.passages.split(" ").includes(anchor));
  // A folded part opens for whatever leads into it.
  const unfold = (element) => { const part = element.closest("details.more"); if (part) part.open = true; };
  const visible = (element, block) => { unfold(element); element.scrollIntoView({ block }); };

  function clear() {
    document.querySelectorAll(".active, .current").forEach((one) => {
      one.classList.remove("active", "current");
      one.removeAttribute("aria-current");
    });
  }

  function show(index) {
    if (index < 0 || index >= stops.length) return;
    at = index;
    const { item, link, anchor } = stops[at];
    clear();
    root.classList.add("reading");
    item.classList.add("active");
    item.setAttribute("aria-current", "true");
    const mine = stops.filter((stop) => stop.item === item);
    mine.forEach((stop) => marksOf(stop.anchor).forEach((mark) => mark.classList.add("active")));
    marksOf(anchor).forEach((mark) => mark.classList.add("current"));
    const target = find(anchor);
    // Who steps with the buttons keeps the button; everyone else is taken to the passage.
    if (!document.activeElement.closest(".steps")) target.focus({ preventScroll: true });
    visible(target, "center");
    if (window.innerWidth >= 900) visible(item, "nearest");
    const place = link.lastChild.textContent;
    find("where").textContent = `Passage ${mine.findIndex((stop) => stop.anchor === anchor) + 1} of ${mine.length}: ${place}`;
    settle();
  }

  function settle() {
    buttons.previous.setAttribute("aria-disabled", String(at <= 0));
    buttons.next.setAttribute("aria-disabled", String(at >= stops.length - 1));
    buttons.back.setAttribute("aria-disabled", String(at < 0));
  }

  function back() {
    if (at < 0) return;
    const { item, link } = stops[at];
    visible(item, "nearest");
    (item.querySelector(".head a") || link).focus({ preventScroll: true });
    root.classList.remove("reading");
  }

  function step(forward) {
    show(at < 0 ? 0 : at + (forward ? 1 : -1));
  }

  function stepItem(forward) {
    const now = at < 0 ? -1 : items.indexOf(stops[at].item);
    const next = items[Math.min(items.length - 1, Math.max(0, now + (forward ? 1 : -1)))];
    show(stops.findIndex((stop) => stop.item === next));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && !link.dataset.passage && link.hash) {
      const target = find(link.hash.slice(1));
      const part = target && (target.closest("details.more") || target.querySelector(":scope > details.more"));
      if (part) part.open = true;
    }
    const mark = event.target.closest("mark, rect[data-passages]");
    const item = event.target.closest(".item.quoting");
    const selecting = String(window.getSelection()) !== "";
    if (link && link.dataset.passage) {
      event.preventDefault();
      show(stops.findIndex((stop) => stop.item === item && stop.anchor === link.dataset.passage));
    } else if (link && link.dataset.returns) {
      event.preventDefault();
      at = stops.findIndex((stop) => stop.anchor === link.dataset.returns);
      show(at);
      back();
    } else if (!link && mark && !selecting) {
      show(stops.findIndex((stop) => stop.anchor === mark.dataset.passages.split(" ").pop()));
    } else if (!link && item && !selecting) {
      show(stops.findIndex((stop) => stop.item === item));
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return back();
    if (!find("keys").checked) return;
    const actions = { n: () => step(true), p: () => step(false), j: () => stepItem(true), k: () => stepItem(false) };
    const action = actions[event.key];
    if (action) { event.preventDefault(); action(); }
  });

  buttons.previous.addEventListener("click", () => step(false));
  buttons.next.addEventListener("click", () => step(true));
  buttons.back.addEventListener("click", back);
  root.classList.add("live");
  settle();
  window.addEventListener("beforeprint", () => document.querySelectorAll("details.more").forEach((part) => { part.open = true; }));
})();
