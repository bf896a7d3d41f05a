"""The doors of the public map, spliced into the portal's own."""

from django.urls import URLPattern, path

from parvis.portal.views import addresses, map, tiles  # noqa: A004  the screen's name

map_urls: list[URLPattern] = [
    path("carte", map.map_page, name="map"),
    path("carte/dossiers", map.map_cards, name="map_cards"),
    path("carte/amas/<int:z>/<int:x>/<int:y>.mvt", tiles.map_clusters, name="map_clusters"),
    path("carte/tuiles/<int:z>/<int:x>/<int:y>.mvt", tiles.map_tiles, name="map_tiles"),
    path("carte/quartiers.json", tiles.zone_names, name="map_zone_names"),
    path("adresses/suggestions", addresses.suggestions, name="address_suggestions"),
    path("adresses/ici", addresses.here, name="address_here"),
]
