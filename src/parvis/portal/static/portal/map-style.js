// How our own map looks: streets, zones and cases, drawn with the colours of the page. Nothing comes from elsewhere.

const TEXT = ["system-ui", "Segoe UI", "Roboto", "Noto Sans", "Liberation Sans"];
const BOLD = ["Semibold", ...TEXT]; // no such font: the word sets the weight, the next name the font

/** The page's colours as they are now, by day or by night. */
function colours() {
  const page = getComputedStyle(document.documentElement);
  const read = (name) => page.getPropertyValue(`--colour-${name}`).trim();
  return {
    ground: read("ground"),
    paper: read("paper"),
    raised: read("raised"),
    ink: read("ink"),
    soft: read("ink-soft"),
    line: read("line"),
    control: read("control"),
    brand: read("brand"),
    onBrand: read("on-brand"),
    success: read("success"),
  };
}

/** An absolute address for a tile pattern: workers have no page to start from. */
export function absolute(pattern) {
  return new URL(pattern, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
}

/** The whole style. `clusters`: the tile pattern of cases with its filters, or "" for none. */
export function mapStyle({ tiles, names, clusters, language }) {
  const colour = colours();
  const sources = {
    ground: { type: "vector", tiles: [absolute(tiles)], minzoom: 8, maxzoom: 16 },
    names: { type: "geojson", data: absolute(names) },
  };
  if (clusters) sources.cases = { type: "vector", tiles: [absolute(clusters)], minzoom: 0, maxzoom: 15 };
  return {
    version: 8,
    sources,
    layers: [
      { id: "background", type: "background", paint: { "background-color": colour.ground } },
      ...groundLayers(colour),
      ...(clusters ? caseLayers(colour, language) : []),
    ],
  };
}

function groundLayers(colour) {
  const zones = { source: "ground", "source-layer": "zones" };
  const streets = { source: "ground", "source-layer": "streets" };
  const isMain = ["<=", ["get", "rank"], 1];
  const width = (factor) => ["interpolate", ["exponential", 1.7], ["zoom"], 10, 0.5 * factor, 14, 1.5 * factor, 18, 12 * factor];
  const line = { "line-cap": "round", "line-join": "round" };
  return [
    {
      id: "city",
      type: "fill",
      ...zones,
      filter: ["==", ["get", "kind"], "borough"],
      paint: { "fill-color": colour.paper },
    },
    {
      id: "streets",
      type: "line",
      ...streets,
      filter: ["==", ["get", "rank"], 2],
      minzoom: 13,
      layout: line,
      paint: { "line-color": colour.line, "line-width": width(1) },
    },
    {
      id: "paths",
      type: "line",
      ...streets,
      filter: ["==", ["get", "rank"], 3],
      minzoom: 15,
      paint: { "line-color": colour.line, "line-width": 1, "line-dasharray": [3, 2] },
    },
    {
      id: "main-streets",
      type: "line",
      ...streets,
      filter: isMain,
      layout: line,
      paint: { "line-color": colour.line, "line-width": width(2) },
    },
    {
      id: "zones",
      type: "line",
      ...zones,
      filter: ["in", ["get", "kind"], ["literal", ["borough", "neighbourhood"]]],
      paint: {
        "line-color": colour.control,
        "line-dasharray": [3, 2],
        "line-width": ["match", ["get", "kind"], "borough", 1.5, 0.75],
        "line-opacity": 0.6,
      },
    },
    {
      id: "street-names",
      type: "symbol",
      ...streets,
      filter: ["<=", ["get", "rank"], 2],
      minzoom: 12,
      layout: {
        "symbol-placement": "line",
        "symbol-sort-key": ["get", "rank"],
        "symbol-spacing": 300,
        "text-field": ["step", ["zoom"], ["case", isMain, ["get", "name"], ""], 14.5, ["get", "name"]],
        "text-font": TEXT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 12, 11, 18, 15],
        "text-padding": 5,
      },
      paint: { "text-color": colour.soft, "text-halo-color": colour.paper, "text-halo-width": 1.5 },
    },
    ...["borough", "neighbourhood"].map((kind) => ({
      id: `names-${kind}`,
      type: "symbol",
      source: "names",
      filter: ["==", ["get", "kind"], kind],
      minzoom: kind === "borough" ? 8 : 12,
      maxzoom: kind === "borough" ? 12 : 15,
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": kind === "borough" ? 14 : 13,
        "text-max-width": 8,
        "text-padding": 6,
      },
      paint: { "text-color": colour.ink, "text-halo-color": colour.paper, "text-halo-width": 2 },
    })),
  ];
}

// A filled mark is still open, a ring is done: the shape says it before the colour does.
function caseLayers(colour, language) {
  const isOpen = [">", ["get", "open"], 0];
  const marks = {
    "circle-color": ["case", isOpen, colour.brand, colour.paper],
    "circle-stroke-color": ["case", isOpen, colour.paper, colour.success],
    "circle-stroke-width": 2,
  };
  const number = [
    "case",
    ["<", ["get", "n"], 10000],
    ["number-format", ["get", "n"], { locale: language }],
    ["concat", ["number-format", ["floor", ["/", ["get", "n"], 1000]], { locale: language }], " k"],
  ];
  return [
    {
      id: "cases-one",
      type: "circle",
      source: "cases",
      "source-layer": "cases",
      filter: ["==", ["get", "n"], 1],
      paint: { ...marks, "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 6, 17, 9] },
    },
    {
      id: "cases-many",
      type: "circle",
      source: "cases",
      "source-layer": "cases",
      filter: [">", ["get", "n"], 1],
      paint: { ...marks, "circle-radius": ["step", ["get", "n"], 12, 10, 15, 100, 18, 1000, 22] },
    },
    {
      id: "cases-count",
      type: "symbol",
      source: "cases",
      "source-layer": "cases",
      filter: [">", ["get", "n"], 1],
      layout: {
        "text-field": number,
        "text-font": BOLD,
        "text-size": 12.5,
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": ["case", isOpen, colour.onBrand, colour.ink] },
    },
  ];
}
