/* A session that ended must not take what is typed with it: say so, let the person sign in in another tab, and send
   the forms of this page under the token of the new session. */

function token() {
  return document.cookie.match(/(?:^|; )parvis_csrf=([^;]+)/)?.[1] ?? null;
}

export function followSession() {
  const ended = document.getElementById("session-ended");
  document.body.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401 || !ended) return;
    event.preventDefault(); // not the redirection that htmx would follow
    ended.hidden = false;
  });
  document.body.addEventListener("htmx:configRequest", (event) => {
    const current = token();
    if (current) event.detail.headers["X-CSRFToken"] = current;
    if (current && event.detail.parameters.csrfmiddlewaretoken) event.detail.parameters.csrfmiddlewaretoken = current;
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.elements.csrfmiddlewaretoken, current = token();
    if (field && current) field.value = current;
  });
}
