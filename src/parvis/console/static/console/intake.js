/* The single-page report: the service box is searched with the person's words; what looks things up by itself
   replaces the button that does so without script. */

export function followIntake() {
  const service = document.querySelector(".intake #id_service");
  if (!service) return;
  document.querySelectorAll("[data-with-script]").forEach((element) => { element.hidden = false; });
  document.querySelectorAll("[data-without-script]").forEach((element) => { element.hidden = true; });
  if (!document.querySelector(".notice--danger")) document.getElementById("find-service").focus();
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.target === service) service.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
