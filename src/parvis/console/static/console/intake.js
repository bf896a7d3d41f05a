/* The single-page report: the service box is searched with the person's words; what looks things up by itself
   replaces the button that does so without script. */

/* Nothing typed is lost to a slip: leaving a form begun asks first. */
function warnBeforeLeaving(form) {
  let isBegun = document.querySelector(".notice--danger") !== null;
  form.addEventListener("input", () => { isBegun = true; });
  form.addEventListener("submit", () => { isBegun = false; });
  addEventListener("beforeunload", (event) => {
    if (isBegun) event.preventDefault();
  });
}

export function followIntake() {
  const service = document.querySelector(".intake #id_service");
  if (!service) return;
  document.querySelectorAll("[data-with-script]").forEach((element) => { element.hidden = false; });
  document.querySelectorAll("[data-without-script]").forEach((element) => { element.hidden = true; });
  const box = document.getElementById("find-service");
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.ctrlKey) return;
    event.preventDefault(); // a search isn't the end of the form
    service.focus();
  });
  warnBeforeLeaving(service.form);
  if (!document.querySelector(".notice--danger")) box.focus();
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === service) service.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
