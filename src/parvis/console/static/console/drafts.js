/* What is typed on a case is saved by htmx a moment after each pause; here, the last words when the page goes away,
   and silence once a form is sent, so that what was said doesn't come back as a draft. */

export function followDrafts() {
  const area = document.getElementById("drafted");
  if (!area) return;
  let isUnsaved = false;
  area.addEventListener("input", () => { isUnsaved = true; });
  area.addEventListener("htmx:afterRequest", (event) => {
    if (event.target === area && event.detail.successful) isUnsaved = false;
  });
  area.addEventListener("submit", () => {
    isUnsaved = false;
    window.htmx?.trigger(area, "htmx:abort");
  });
  addEventListener("pagehide", () => {
    if (isUnsaved) navigator.sendBeacon(area.getAttribute("hx-post"), typedIn(area));
  });
}

function typedIn(area) {
  const typed = new FormData();
  area.querySelectorAll("form").forEach((form) => {
    new FormData(form).forEach((value, name) => { if (typeof value === "string") typed.set(name, value); });
  });
  return typed;
}
