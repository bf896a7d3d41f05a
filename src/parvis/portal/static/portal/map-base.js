// Opens a map in a frame and follows the visitor's wishes: language, night, little motion, keyboard.

import { absolute, mapStyle } from "./map-style.js";

export const CASE_LAYERS = ["cases-one", "cases-many"];
const language = document.documentElement.lang || "fr-CA";
const night = matchMedia("(prefers-color-scheme: dark)");
export const littleMotion = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 60rem)");

/** MapLibre's own words, in the language of the page. */
function locale(words) {
  return {
    "Map.Title": words.map,
    "Marker.Title": words.marker,
    "NavigationControl.ZoomIn": words.zoom_in,
    "NavigationControl.ZoomOut": words.zoom_out,
    "GeolocateControl.FindMyLocation": words.locate,
    "GeolocateControl.LocationNotAvailable": words.not_located,
    "Popup.Close": words.close,
    "ScaleControl.Meters": words.metres,
    "ScaleControl.Kilometers": words.kilometres,
    "CooperativeGesturesHandler.WindowsHelpText": words.ctrl_scroll,
    "CooperativeGesturesHandler.MacHelpText": words.cmd_scroll,
    "CooperativeGesturesHandler.MobileHelpText": words.two_fingers,
  };
}

export function readFrame(frame) {
  return { settings: JSON.parse(frame.dataset.map), words: JSON.parse(frame.dataset.words) };
}

/**
 * Resolves to {lib, map} once the map is ready to be drawn on. Rejects where the browser can't draw one.
 * `clusters` answers the address pattern of the cases' tiles, or "".
 */
export async function openMap(canvas, { settings, words, clusters = () => "", view = {} }) {
  const lib = await import(settings.library);
  lib.setWorkerUrl(new URL(settings.worker, location.href).href);
  const style = () => mapStyle({ ...settings, clusters: clusters(), language });
  const map = new lib.Map({
    container: canvas,
    style: style(),
    center: settings.centre,
    zoom: settings.zoom,
    minZoom: 3,
    maxZoom: 19,
    ...view,
    locale: locale(words),
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    cooperativeGestures: narrow.matches,
    fadeDuration: littleMotion.matches ? 0 : 200,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new lib.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new lib.ScaleControl({ maxWidth: 100, unit: "metric" }), "bottom-left");
  night.addEventListener("change", () => map.setStyle(style()));
  await new Promise((resolve) => map.once("load", resolve));
  return { lib, map };
}

/** Ask for the cases again, with other filters. */
export function showCases(map, pattern) {
  map.getSource("cases")?.setTiles([absolute(pattern)]);
}

/** The case under a pointer, with a margin for fingers; undefined when there is none. */
export function caseAt(map, point) {
  const margin = 6;
  const box = [
    [point.x - margin, point.y - margin],
    [point.x + margin, point.y + margin],
  ];
  return map.queryRenderedFeatures(box, { layers: CASE_LAYERS.filter((id) => map.getLayer(id)) })[0];
}

export function pointerOverCases(map) {
  for (const layer of CASE_LAYERS) {
    map.on("mouseenter", layer, () => (map.getCanvas().style.cursor = "pointer"));
    map.on("mouseleave", layer, () => (map.getCanvas().style.cursor = ""));
  }
}

/** What a press on a case or a cluster does: open its bubble, or come closer. */
export async function openCase({ lib, map, settings, words, feature, target = "" }) {
  const at = feature.geometry.coordinates.slice();
  if (!feature.properties.ids) {
    map.easeTo({ center: at, zoom: Math.min(map.getZoom() + 2, 17) });
    return;
  }
  const ids = String(feature.properties.ids);
  const maxWidth = `${Math.min(320, map.getContainer().clientWidth - 32)}px`;
  const popup = new lib.Popup({ maxWidth, offset: 10, anchor: "bottom" }); // a free anchor would turn while we move
  popup.setLngLat(at).setDOMContent(bubble(await fetchCards(settings, ids), words, feature.properties.n, target));
  popup.addTo(map);
  keepInView(map, popup.getElement());
  const close = (event) => {
    if (event.key !== "Escape") return;
    popup.remove();
    map.getCanvas().focus();
  };
  popup.getElement().addEventListener("keydown", close);
}

/** Move the map as little as it takes for the whole bubble to be seen. */
function keepInView(map, element) {
  const margin = 8;
  const frame = map.getContainer().getBoundingClientRect();
  const box = element.getBoundingClientRect();
  const over = (low, high, from, to) => Math.max(high - to + margin, 0) || Math.min(low - from - margin, 0);
  const dx = over(box.left, box.right, frame.left, frame.right);
  const dy = over(box.top, box.bottom, frame.top, frame.bottom);
  if (dx || dy) map.panBy([dx, dy]);
}

async function fetchCards(settings, ids) {
  const query = new URLSearchParams({ ids, lang: language.slice(0, 2) });
  try {
    const response = await fetch(`${settings.cards}?${query}`);
    return response.ok ? (await response.json()).cases : [];
  } catch {
    return [];
  }
}

function bubble(cards, words, count, target) {
  const root = document.createElement("div");
  root.className = "map-cards";
  for (const card of cards) root.append(cardElement(card, words, target));
  if (!cards.length) root.append(line(words.gone));
  else if (count > cards.length) root.append(line(words.more));
  return root;
}

function cardElement(card, words, target) {
  const root = document.createElement("article");
  const title = document.createElement("p");
  const link = document.createElement("a");
  link.href = card.url;
  if (target) Object.assign(link, { target, rel: "noopener" });
  link.textContent = card.service;
  link.setAttribute("aria-label", `${words.open_case}\u00a0: ${card.service}`);
  title.className = "map-cards__title";
  title.append(link);
  const state = line(card.state_word);
  state.className = `map-cards__state map-cards__state--${card.state === "closed" ? "closed" : "open"}`;
  root.append(title, state);
  if (card.place) root.append(line(card.place));
  root.append(line(card.opened), line(card.waiting));
  return root;
}

function line(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
