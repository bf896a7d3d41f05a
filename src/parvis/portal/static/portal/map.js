// The public map beside its list. Without this file the list and its filters do the same work.

import { caseAt, littleMotion, openCase, openMap, pointerOverCases, readFrame, showCases } from "./map-base.js";

const PAUSE_MS = 500;
const frame = document.querySelector(".map-frame");
const form = document.querySelector("[data-map-filters]");
const { settings, words } = readFrame(frame);
const boxInput = form.querySelector("[data-box]");
const within = frame.querySelector("[data-within]");

/** The cases' tiles with the filters of the form, without the frame: the map shows what lies around too. */
function clusters() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value && name !== "cadre") query.set(name, value);
  return query.size ? `${settings.clusters}?${query}` : settings.clusters;
}

function firstView() {
  const box = boxInput.value ? boxInput.value.split(",").map(Number) : settings.box;
  if (box?.length !== 4 || !box.every(Number.isFinite)) return {};
  const [west, south, east, north] = box;
  const fitBoundsOptions = boxInput.value ? { padding: 0 } : { padding: 40, maxZoom: 15 };
  return { bounds: [[west, south], [east, north]], fitBoundsOptions };
}

function sayProblem(sentence) {
  const message = frame.querySelector("[data-message]");
  message.textContent = sentence;
  message.hidden = false;
}

/** « Montrer sur la carte » in each row: the list leads to the map as the map leads to the list. */
function addRowButtons({ lib, map }) {
  for (const row of document.querySelectorAll(".map-row:not([data-ready])")) {
    row.dataset.ready = "";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link-button map-row__show";
    button.textContent = words.show;
    const title = row.querySelector(".map-row__title");
    button.setAttribute("aria-label", `${words.show}\u00a0: ${title.textContent.trim()}`);
    button.addEventListener("click", () => showRow({ lib, map }, row));
    row.append(button);
  }
}

function showRow({ lib, map }, row) {
  const at = [Number(row.dataset.lon), Number(row.dataset.lat)];
  frame.scrollIntoView({ block: "nearest", behavior: littleMotion.matches ? "auto" : "smooth" });
  map.jumpTo({ center: at, zoom: Math.max(map.getZoom(), 16) });
  const feature = { geometry: { coordinates: at }, properties: { n: 1, ids: row.dataset.id } };
  openCase({ lib, map, settings, words, feature });
}

function writeBox(map) {
  const bounds = map.getBounds();
  const parts = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  boxInput.value = parts.map((part) => part.toFixed(5)).join(",");
  boxInput.disabled = false;
}

function filterAgain() {
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

/** With the box ticked, the list follows the map. */
function followMap(map) {
  let timer;
  within.addEventListener("change", () => {
    if (within.checked) writeBox(map);
    else boxInput.disabled = true;
    filterAgain();
  });
  map.on("moveend", () => {
    if (!within.checked) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      writeBox(map);
      filterAgain();
    }, PAUSE_MS);
  });
}

function followFilters(opened) {
  let shown = clusters();
  form.addEventListener("change", () => {
    const wanted = clusters();
    if (wanted !== shown) showCases(opened.map, (shown = wanted));
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    addRowButtons(opened);
    if (event.detail.requestConfig?.elt?.closest?.(".pager")) document.getElementById("map-heading").focus();
  });
}

async function start() {
  frame.hidden = false;
  const canvas = frame.querySelector("[data-canvas]");
  const opened = await openMap(canvas, { settings, words, clusters, view: firstView() });
  const { lib, map } = opened;
  const locate = new lib.GeolocateControl({ positionOptions: { enableHighAccuracy: true } });
  locate.on("error", () => sayProblem(words.not_located));
  map.addControl(locate, "top-right");
  pointerOverCases(map);
  map.on("click", (event) => {
    const feature = caseAt(map, event.point);
    if (feature) openCase({ lib, map, settings, words, feature });
  });
  addRowButtons(opened);
  followFilters(opened);
  followMap(map);
  document.querySelector("[data-to-map]").hidden = false;
  frame.dataset.state = "ready";
}

start().catch((problem) => {
  frame.dataset.state = "failed";
  frame.querySelector("[data-canvas]").hidden = true;
  sayProblem(words.failed);
  console.info(problem);
});
