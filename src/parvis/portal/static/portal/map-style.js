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
export function mapStyle({ tiles, clusters, language }) {
  const colour = colours();
  const sources = {
    ground: { type: "vector", tiles: [absolute(tiles)], minzoom: 0, maxzoom: 15 },
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
  const isCity = ["==", ["get", "kind"], "city"];
  const isPart = ["in", ["get", "kind"], ["literal", ["borough", "neighbourhood"]]];
  return [
    {
      id: "city",
      type: "fill",
      source: "ground",
      "source-layer": "zones",
      filter: ["any", isCity, ["==", ["get", "kind"], "borough"]],
      paint: { "fill-color": colour.paper },
    },
    {
      id: "streets",
      type: "line",
      source: "ground",
      "source-layer": "streets",
      minzoom: 11,
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": colour.line,
        "line-width": ["interpolate", ["exponential", 1.6], ["zoom"], 11, 0.4, 14, 1.6, 16, 5, 19, 24],
      },
    },
    {
      id: "zones",
      type: "line",
      source: "ground",
      "source-layer": "zones",
      filter: isPart,
      paint: {
        "line-color": colour.control,
        "line-dasharray": [3, 2],
        "line-width": ["match", ["get", "kind"], "borough", 1.4, 0.7],
        "line-opacity": 0.7,
      },
    },
    {
      id: "street-names",
      type: "symbol",
      source: "ground",
      "source-layer": "streets",
      minzoom: 14.5,
      layout: {
        "symbol-placement": "line",
        "text-field": ["get", "name"],
        "text-font": TEXT,
        "text-size": ["interpolate", ["linear"], ["zoom"], 14, 11, 18, 15],
        "text-padding": 6,
        "symbol-spacing": 320,
      },
      paint: { "text-color": colour.soft, "text-halo-color": colour.paper, "text-halo-width": 1.5 },
    },
    {
      id: "zone-names",
      type: "symbol",
      source: "ground",
      "source-layer": "zone_names",
      maxzoom: 15,
      layout: {
        "text-field": ["get", "name"],
        "text-font": BOLD,
        "text-size": 13,
        "text-max-width": 8,
        "text-padding": 8,
      },
      paint: { "text-color": colour.soft, "text-halo-color": colour.paper, "text-halo-width": 2 },
    },
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
      id: "cases-many",
      type: "circle",
      source: "cases",
      "source-layer": "cases",
      filter: [">", ["get", "n"], 1],
      paint: { ...marks, "circle-radius": ["step", ["get", "n"], 13, 10, 16, 100, 20, 1000, 25] },
    },
    {
      id: "cases-one",
      type: "circle",
      source: "cases",
      "source-layer": "cases",
      filter: ["==", ["get", "n"], 1],
      paint: { ...marks, "circle-radius": ["interpolate", ["linear"], ["zoom"], 10, 6, 17, 9] },
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
        "text-size": ["step", ["get", "n"], 13, 1000, 14],
        "text-allow-overlap": true,
        "text-ignore-placement": true,
      },
      paint: { "text-color": ["case", isOpen, colour.onBrand, colour.ink] },
    },
  ];
}
