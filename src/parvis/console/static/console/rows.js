/* A list that the keyboard walks: j and k move, Enter opens (the row's own link has the focus), x ticks.
   The list is remembered for the tab, so that "back" finds the same row and j/k go from case to case. */

import { isTyping, singleKeysAllowed } from "./keys.js";

const STORED = "parvis.console.list";

function remembered() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED)) ?? null;
  } catch {
    return null;
  }
}

function remember(rows, last) {
  const links = rows.map((row) => row.querySelector("a").pathname);
  sessionStorage.setItem(STORED, JSON.stringify({ address: location.pathname + location.search, links, last, scroll: scrollY }));
}

function onKeys(handlers) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || !singleKeysAllowed()) return;
    const handler = handlers[event.key];
    if (!handler) return;
    event.preventDefault();
    handler();
  });
}

function restore(rows) {
  const list = remembered();
  if (!list || list.address !== location.pathname + location.search) return;
  const row = rows.find((each) => each.querySelector("a").pathname === list.last);
  if (!row) return;
  row.classList.add("cases__last");
  scrollTo(0, list.scroll);
  row.querySelector("a").focus({ preventScroll: true });
}

function followTicks(table) {
  const boxes = [...table.querySelectorAll("input[name=case]")], all = table.querySelector("[data-tick-all]");
  const shown = document.querySelector("[data-ticked]");
  if (!boxes.length || !all || !shown) return;
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => box.closest("tr").classList.toggle("cases__ticked", box.checked));
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    shown.hidden = ticked === 0;
    shown.querySelector("[data-count]").textContent = String(ticked);
  };
  all.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", count));
  count();
}

export function followRows() {
  const table = document.querySelector("[data-rows]");
  if (!table) return;
  const rows = [...table.querySelectorAll("[data-row]")];
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (step) => {
    const at = current();
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    next?.querySelector("a").focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const tick = () => rows[current()]?.querySelector("input[name=case]")?.click();
  onKeys({ j: () => go(1), k: () => go(-1), x: tick });
  followTicks(table);
  if (!document.querySelector("[data-list]")) return;
  restore(rows);
  table.addEventListener("click", (event) => {
    const link = event.target.closest("[data-row] a");
    if (link) remember(rows, link.pathname);
  });
}

/* On a case: back to the list where it was, j and k to its neighbours there. */
export function followNeighbours() {
  const list = remembered();
  if (!list) return;
  document.querySelectorAll("[data-back]").forEach((link) => { link.href = list.address; });
  if (!document.querySelector("[data-case]")) return;
  const go = (step) => {
    const next = list.links[list.links.indexOf(location.pathname) + step];
    if (!list.links.includes(location.pathname) || !next) return;
    sessionStorage.setItem(STORED, JSON.stringify({ ...list, last: next }));
    location.assign(next);
  };
  onKeys({ j: () => go(1), k: () => go(-1) });
}
