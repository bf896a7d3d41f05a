// Choosing a place in a form: by address, by one's position, by a finger or the keyboard on the map. All lead to the
// same fields: the address box alone, or lon and lat when a point was shown.

import { AddressBox } from "./address-box.js";
import { caseAt, openCase, openMap, pointerOverCases, readFrame } from "./map-base.js";

const CLOSE_ZOOM = 16;

class Picker {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.address = this.form.elements.namedItem("adresse");
    this.lon = this.form.elements.namedItem("lon");
    this.lat = this.form.elements.namedItem("lat");
    this.canvas = root.querySelector("[data-canvas]");
    Object.assign(this, readFrame(root));
    this.asked = 0;
    root.hidden = false;
    this.box = new AddressBox(this.address, {
      url: this.settings.suggestions,
      words: this.words,
      onChoose: (suggestion) => this.takeAddress(suggestion),
      onType: () => this.forgetPoint(),
      say: (sentence) => this.say(sentence),
    });
    root.querySelector("[data-locate]").addEventListener("click", () => this.locate());
  }

  /** The map comes second: without it, address and position still work. */
  async openMap() {
    const { settings, words } = this;
    const view = this.hasPoint ? { center: this.point, zoom: CLOSE_ZOOM } : {};
    const opened = await openMap(this.canvas, { settings, words, clusters: () => settings.clusters, view });
    this.opened = opened;
    this.map = opened.map;
    if (settings.clusters) pointerOverCases(this.map);
    this.addSight();
    this.map.on("click", (event) => this.press(event));
    this.map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const { lng, lat } = this.map.getCenter();
      this.place(lng, lat);
    });
    if (this.hasPoint) this.mark(...this.point);
    this.root.dataset.state = "ready";
  }

  get hasPoint() {
    return this.lon.value !== "" && this.lat.value !== "";
  }

  get point() {
    return [Number(this.lon.value.replace(",", ".")), Number(this.lat.value.replace(",", "."))];
  }

  addSight() {
    const sight = document.createElement("span");
    sight.className = "map-picker__sight";
    sight.setAttribute("aria-hidden", "true");
    this.canvas.append(sight);
  }

  press(event) {
    const feature = this.settings.clusters ? caseAt(this.map, event.point) : null;
    if (feature?.properties.ids) openCase({ ...this.opened, ...this, feature, target: "_blank" });
    else this.place(event.lngLat.lng, event.lngLat.lat);
  }

  /** A point was shown: it wins over whatever the address box said. */
  async place(lon, lat, { move = false } = {}) {
    this.lon.value = lon.toFixed(6);
    this.lat.value = lat.toFixed(6);
    this.mark(lon, lat);
    if (move) this.map?.easeTo({ center: [lon, lat], zoom: Math.max(this.map.getZoom(), CLOSE_ZOOM) });
    await this.tellAddress(lon, lat);
  }

  async tellAddress(lon, lat) {
    const turn = ++this.asked;
    this.say(this.words.searching);
    const found = await this.fetchAddress(lon, lat);
    if (turn !== this.asked) return;
    if (found.error) return this.say(found.error, { isWrong: true });
    if (found.is_outside) return this.say(this.outside(found.neighbour), { isWrong: true });
    this.address.value = found.label;
    this.say(this.words.chosen.replace("{place}", found.label || this.words.point));
  }

  async fetchAddress(lon, lat) {
    try {
      const query = new URLSearchParams({ lon: lon.toFixed(6), lat: lat.toFixed(6) });
      return await (await fetch(`${this.settings.here}?${query}`)).json();
    } catch {
      return { error: this.words.unreachable };
    }
  }

  outside(neighbour) {
    if (!neighbour?.phone) return this.words.outside;
    return this.words.outside_call.replaceAll("{name}", neighbour.name).replace("{phone}", neighbour.phone);
  }

  /** An address was chosen: the form sends its text, and the map only shows where that is. */
  takeAddress(suggestion) {
    this.forgetPoint();
    const sentence = suggestion.kind === "street" ? this.words.street : this.words.chosen;
    this.say(sentence.replace("{place}", suggestion.label));
    if (!Number.isFinite(suggestion.lon) || !Number.isFinite(suggestion.lat)) return;
    this.mark(suggestion.lon, suggestion.lat);
    this.map?.easeTo({ center: [suggestion.lon, suggestion.lat], zoom: Math.max(this.map.getZoom(), CLOSE_ZOOM) });
  }

  forgetPoint() {
    this.asked += 1;
    this.lon.value = this.lat.value = "";
    this.marker?.remove();
    this.marker = null;
    this.say("");
  }

  mark(lon, lat) {
    if (!this.map) return;
    if (!this.marker) {
      const colour = getComputedStyle(document.documentElement).getPropertyValue("--colour-danger").trim();
      this.marker = new this.opened.lib.Marker({ draggable: true, color: colour });
      this.marker.setLngLat([lon, lat]).addTo(this.map);
      this.marker.on("dragend", () => {
        const at = this.marker.getLngLat();
        this.place(at.lng, at.lat);
      });
    }
    this.marker.setLngLat([lon, lat]);
  }

  /** Only ever after a press on the button. */
  locate() {
    if (!navigator.geolocation) return this.say(this.words.refused, { isWrong: true });
    this.say(this.words.locating);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => this.place(coords.longitude, coords.latitude, { move: true }),
      () => this.say(this.words.refused, { isWrong: true }),
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  }

  say(sentence, { isWrong = false } = {}) {
    const found = this.root.querySelector("[data-found]");
    found.classList.toggle("map-picker__found--wrong", isWrong);
    found.textContent = sentence;
  }
}

for (const root of document.querySelectorAll("[data-map-picker]")) {
  const picker = new Picker(root);
  picker.openMap().catch((problem) => {
    root.dataset.state = "failed";
    picker.canvas.hidden = true;
    picker.say(picker.words.failed);
    console.info(problem);
  });
}
