/* Every gesture has a key: an element says which one in `data-key` ("r", "g 1").
   Single keys never fire while typing, and can be switched off (WCAG 2.1.4). */

const STORED = "parvis.console.single-keys";
const SEQUENCE_MS = 1200;

export function isTyping(target) {
  return target instanceof HTMLElement && target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

export function singleKeysAllowed() {
  return localStorage.getItem(STORED) !== "off";
}

/* Do what pressing or clicking the element would do; a folded form opens on its first field. */
export function activate(element) {
  if (element.matches("input, textarea, select")) {
    element.focus();
    element.select?.();
  } else if (element.matches("summary")) {
    const details = element.parentElement;
    details.open = !details.open;
    const first = details.open && details.querySelector("form :is(input:not([type=hidden]), select, textarea, button)");
    (first || element).focus();
    details.scrollIntoView({ block: "nearest" });
  } else {
    element.click();
  }
}

function elementFor(keys) {
  const wanted = document.querySelectorAll(`[data-key="${CSS.escape(keys)}"]`);
  return [...wanted].find((element) => element.checkVisibility());
}

function onControl(event) {
  if (event.key.toLowerCase() === "k") {
    const box = document.getElementById("find");
    if (!box) return;
    event.preventDefault();
    activate(box);
  } else if (event.key === "Enter" && event.target.form) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
}

function onEscape(event) {
  document.getElementById("found")?.replaceChildren();
  if (isTyping(event.target)) event.target.blur();
}

function makeSequence() {
  let pending = "", since = 0;
  return (key) => {
    const keys = pending && Date.now() - since < SEQUENCE_MS ? `${pending} ${key}` : key;
    pending = key === "g" ? "g" : "";
    since = Date.now();
    return keys;
  };
}

function followSwitch() {
  const box = document.getElementById("single-keys");
  if (!box) return;
  box.checked = singleKeysAllowed();
  box.addEventListener("change", () => localStorage.setItem(STORED, box.checked ? "on" : "off"));
}

/* Arrows walk the answers under the search box. */
function followFound() {
  const box = document.getElementById("find"), found = document.getElementById("found");
  if (!box || !found) return;
  box.form.parentElement.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [box, ...found.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".topbar__search")) found.replaceChildren();
  });
}

export function followKeys() {
  const sequence = makeSequence();
  followSwitch();
  followFound();
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === "Escape") return onEscape(event);
    if (event.ctrlKey || event.metaKey) return event.altKey ? undefined : onControl(event);
    if (event.altKey || isTyping(event.target) || !singleKeysAllowed()) return;
    const element = elementFor(sequence(event.key));
    if (!element) return;
    event.preventDefault();
    activate(element);
  });
}
