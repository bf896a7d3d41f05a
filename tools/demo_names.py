"""Names and rough shapes of the invented city (see make_demo_places.py)."""

from __future__ import annotations

BOROUGH_CODES = {
    "La Cité-Limoilou": "1",
    "Les Rivières": "2",
    "Sainte-Foy–Sillery–Cap-Rouge": "3",
    "Charlesbourg": "4",
    "Beauport": "5",
    "La Haute-Saint-Charles": "6",
}

# The river as seen from the north shore, west to east, then closed far to the south.
SHORE = [
    (-71.60, 46.700),
    (-71.42, 46.728),
    (-71.385, 46.744),
    (-71.345, 46.744),
    (-71.315, 46.743),
    (-71.288, 46.750),
    (-71.268, 46.761),
    (-71.240, 46.773),
    (-71.226, 46.786),
    (-71.212, 46.799),
    (-71.203, 46.806),
    (-71.200, 46.819),
    (-71.207, 46.829),
    (-71.196, 46.842),
    (-71.180, 46.853),
    (-71.165, 46.864),
    (-71.147, 46.873),
    (-71.120, 46.886),
    (-71.050, 46.900),
    (-71.000, 46.600),
    (-71.600, 46.600),
]

# name, telephone, site, shape: coarse outlines drawn by hand, which leave a river between us and Lévis.
NEIGHBOURS = [
    (
        "L’Ancienne-Lorette",
        "418-555-0151",
        "https://ancienne-lorette.example",
        [
            (-71.372, 46.805),
            (-71.372, 46.793),
            (-71.352, 46.787),
            (-71.335, 46.792),
            (-71.337, 46.806),
            (-71.355, 46.812),
        ],
    ),
    (
        "Lévis",
        "418-555-0152",
        "https://levis.example",
        [
            (-71.40, 46.716),
            (-71.33, 46.733),
            (-71.285, 46.738),
            (-71.255, 46.752),
            (-71.222, 46.776),
            (-71.192, 46.803),
            (-71.165, 46.823),
            (-71.10, 46.842),
            (-71.03, 46.845),
            (-71.03, 46.640),
            (-71.40, 46.640),
        ],
    ),
    (
        "Saint-Augustin-de-Desmaures",
        "418-555-0153",
        "https://saint-augustin.example",
        [
            (-71.400, 46.742),
            (-71.425, 46.757),
            (-71.500, 46.785),
            (-71.570, 46.760),
            (-71.580, 46.705),
            (-71.420, 46.728),
        ],
    ),
    (
        "Wendake",
        "418-555-0154",
        "https://wendake.example",
        [
            (-71.372, 46.866),
            (-71.375, 46.860),
            (-71.368, 46.855),
            (-71.359, 46.857),
            (-71.357, 46.863),
            (-71.364, 46.868),
        ],
    ),
]

# name → first civic number, speed limit, neighbourhoods it leads through, shift from their centres in metres
ARTERIES = {
    "Boulevard René-Lévesque Ouest": (1, 50, ["Montcalm", "Saint-Sacrement", "Cité-Universitaire"], (0, -90)),
    "Boulevard René-Lévesque Est": (1, 50, ["Montcalm", "Vieux-Québec—Cap-Blanc—Colline parlementaire"], (30, -40)),
    "Rue Saint-Jean": (
        951,
        30,
        ["Vieux-Québec—Cap-Blanc—Colline parlementaire", "Saint-Jean-Baptiste"],
        (60, 70),
    ),
    "Chemin Sainte-Foy": (
        401,
        50,
        ["Saint-Jean-Baptiste", "Saint-Sacrement", "Cité-Universitaire", "Plateau", "Cap-Rouge"],
        (-40, 120),
    ),
    "Grande Allée Est": (1, 40, ["Vieux-Québec—Cap-Blanc—Colline parlementaire", "Montcalm"], (0, -220)),
    "Grande Allée Ouest": (1, 50, ["Montcalm", "Sillery"], (0, -240)),
    "Boulevard Laurier": (2001, 50, ["Sillery", "Saint-Louis", "Pointe-de-Sainte-Foy"], (0, 160)),
    "Boulevard Charest Est": (1, 50, ["Saint-Roch", "Vieux-Québec—Cap-Blanc—Colline parlementaire"], (40, 110)),
    "Boulevard Charest Ouest": (1, 70, ["Saint-Roch", "Saint-Sauveur", "Duberger—Les Saules"], (-80, 60)),
    "Boulevard des Forges": (1001, 50, ["Maizerets", "Vanier", "Duberger—Les Saules", "L'Aéroport"], (70, 150)),
    "1re Avenue": (
        1,
        50,
        ["Saint-Roch", "Vieux-Limoilou", "Lairet", "Quartier 4-6", "Jésuites", "Quartier 4-3"],
        (55, 20),
    ),
    "Avenue du Bourg-Royal": (1, 50, ["Jésuites", "Orsainville", "Notre-Dame-des-Laurentides"], (-60, 40)),
    "Chemin Royal": (1501, 50, ["Maizerets", "Vieux-Moulin", "Vieux-Bourg", "Chutes-Montmorency"], (50, 90)),
    "Boulevard des Chutes-Blanches": (3001, 50, ["Vieux-Bourg", "Quartier 5-2", "Sainte-Thérèse-de-Lisieux"], (90, 0)),
    "Boulevard de la Savane": (
        1,
        50,
        ["Vanier", "Neufchatel Est—Lebourgneuf", "Des Châtels", "Val-Bélair"],
        (-50, 130),
    ),
    "Boulevard des Rapides": (101, 50, ["Neufchatel Est—Lebourgneuf", "Saint-Émile", "Lac-Saint-Charles"], (40, -60)),
    "Rue Racine": (1, 50, ["Des Châtels", "Loretteville", "Lac-Saint-Charles"], (-70, 50)),
    "Route de l'Aéroport": (201, 70, ["L'Aéroport", "Plateau"], (120, 40)),
    "Avenue Le Gendre": (501, 50, ["L'Aéroport", "Cap-Rouge"], (-90, 0)),
    "Boulevard du Versant": (
        1,
        50,
        ["Cité-Universitaire", "Duberger—Les Saules", "Neufchatel Est—Lebourgneuf"],
        (80, 80),
    ),
}

_THEMES = """
des Érables; des Bouleaux; des Ormes; des Frênes; des Trembles; des Mélèzes; des Épinettes; des Sapins;
des Pruches; des Cèdres; des Tilleuls; des Noyers; des Chênes; des Hêtres; des Saules; des Peupliers;
des Sorbiers; des Merisiers; des Pommetiers; des Aulnes; du Thuya; du Charme; du Genévrier; de l'If;
du Cornouiller; des Mésanges; des Grives; des Merles; des Hirondelles; des Sizerins; du Cardinal; du Bruant;
du Pluvier; du Harfang; du Héron; de la Sarcelle; de la Bernache; de l'Eider; du Martinet; du Pic-Bois;
du Geai-Bleu; de la Chouette; du Colibri; du Goglu; du Huard; de la Gélinotte; du Chardonneret; du Roselin;
du Tarin; de l'Oriole; du Tonnelier; du Charron; du Maréchal-Ferrant; du Cordonnier; du Boulanger; du Meunier;
du Tisserand; du Potier; du Vannier; du Sabotier; de l'Imprimeur; du Relieur; de la Couturière; du Chandelier;
du Luthier; du Verrier; de l'Ébéniste; du Menuisier; du Cloutier; du Passeur; de la Dentellière; de l'Horloger;
du Colporteur; du Draveur; du Bûcheron; Sainte-Adèle; Saint-Alban; Saint-Anselme; Sainte-Blandine;
Saint-Calixte; Saint-Damase; Saint-Éloi; Sainte-Félicité; Saint-Gédéon; Saint-Hilarion; Sainte-Irène;
Saint-Jovite; Saint-Lazare; Sainte-Mélanie; Saint-Nazaire; Saint-Onésime; Sainte-Perpétue; Saint-Quentin;
Saint-Rémi; Saint-Siméon; Saint-Tite; Sainte-Ursule; Saint-Valère; Saint-Zénon; Sainte-Zita; Saint-Aubert;
Saint-Benjamin; Sainte-Claire; Saint-Dominique; Saint-Edmond; des Asters; des Iris; des Lupins; des Pensées;
des Pivoines; des Trilles; des Violettes; des Marguerites; des Lilas; des Muguets; du Tournesol; du Coquelicot;
de la Verveine; de la Lavande; du Sarrasin; de la Fougère; du Trèfle; de l'Ancolie; du Bleuet; de la Sauge;
du Granite; du Gneiss; de l'Ardoise; du Quartz; du Mica; de l'Agate; de l'Améthyste; du Basalte; du Grès;
du Calcaire; de la Goélette; du Brigantin; de la Chaloupe; du Cabotage; de la Frégate; du Trois-Mâts;
du Gréement; de la Boussole; du Sextant; du Phare; de l'Ancre; du Hauban; du Gouvernail; de la Vigie;
du Pilote; de l'Estacade; du Débarcadère; de la Marée; du Large; du Suroît; du Violon; du Hautbois;
de la Clarinette; de l'Accordéon; du Tambour; de la Flûte; de la Harpe; du Clavecin; de la Veillée; du Rigodon;
du Renard; du Castor; de l'Orignal; du Lynx; de la Loutre; du Caribou; du Lièvre; de la Martre; du Vison;
du Porc-Épic; de la Truite; de l'Omble; de l'Éperlan; du Doré; de l'Esturgeon; du Brochet; de l'Achigan;
du Touladi; du Saumon; de l'Alose; de la Canneberge; du Framboisier; de la Groseille; du Pimbina;
de l'Amélanchier; de la Prune; du Cassis; de la Rhubarbe; du Gadellier; de la Gourgane; de la Polaire;
de la Grande-Ourse; de Cassiopée; d'Orion; du Cygne; de la Lyre; de Véga; d'Altaïr; du Bouvier; de Persée;
de la Source; du Ruisseau; de la Coulée; du Vallon; de la Crête; du Piémont; de la Clairière; de l'Orée;
du Belvédère; du Sous-Bois; du Moulin-Rouge; de la Fabrique; du Four-à-Pain; du Puits; de la Grange;
du Fournil; de la Laiterie; du Pressoir; de la Forge; du Caveau; de la Cardeuse; du Ferblantier; du Sellier;
du Tanneur; du Bardeau; du Rabot; de la Varlope; du Rouet; de l'Enclume; du Soufflet; du Gerbier; de l'Avoine;
du Blé-d'Inde; du Seigle; de la Luzerne; de l'Orge; du Lin; du Houblon; de la Moisson; de la Glaneuse;
de la Voilure; du Matelot; de l'Écluse; du Quai-Vert; de la Rade; du Goémon; de la Grève; de l'Anse; du Galet;
de la Dune; du Cerf-Volant; de la Toupie; du Carrousel; de la Marelle; de la Lanterne; du Grelot;
de la Girouette; du Cadran; de la Clé-de-Voûte; du Pignon; du Tamarac; de l'Osier; de la Viorne; du Sureau;
du Noisetier; du Mûrier; de la Vigne; de la Salicaire; du Nénuphar; de la Quenouille; de l'Aurore;
du Crépuscule; de la Brunante; du Solstice; de l'Équinoxe; de la Bordée; de la Poudrerie; du Frimas;
du Verglas; du Redoux
"""

_GENERICS = [
    "Rue",
    "Rue",
    "Rue",
    "Avenue",
    "Rue",
    "Rue",
    "Place",
    "Rue",
    "Rue",
    "Avenue",
    "Rue",
    "Impasse",
    "Rue",
    "Rue",
]


def _invented() -> list[str]:
    """« Rue des Érables », « Avenue du Bruant »…, themes mixed so that a neighbourhood doesn't read like a list."""
    names = [name.strip() for name in _THEMES.replace("\n", " ").split(";")]
    return [f"{_GENERICS[number % len(_GENERICS)]} {name}" for number, name in enumerate(names)]


_RANKS = [f"{rank}{'re' if rank == 1 else 'e'}" for rank in range(1, 31)]

LOCAL_NAMES = {
    "Vieux-Limoilou": [*(f"{rank} Rue" for rank in _RANKS[0:5]), *(f"{rank} Avenue" for rank in _RANKS[1:5])],
    "Lairet": [*(f"{rank} Rue" for rank in _RANKS[9:14]), *(f"{rank} Avenue" for rank in _RANKS[5:9])],
    "Maizerets": [*(f"{rank} Rue" for rank in _RANKS[20:25]), *(f"{rank} Avenue" for rank in _RANKS[20:24])],
    "Quartier 4-6": [
        *(f"{rank} Rue Ouest" for rank in _RANKS[25:30]),
        *(f"{rank} Avenue Ouest" for rank in _RANKS[9:13]),
    ],
    "*": _invented(),
}

# title, kind
PLACE_KINDS = [
    ("Parc", "Parc"),
    ("Bibliothèque", "Bibliothèque"),
    ("Parc", "Parc"),
    ("Centre communautaire", "Centre communautaire"),
    ("Aréna", "Aréna"),
    ("Parc", "Parc"),
    ("Piscine", "Piscine"),
    ("Jardin communautaire", "Jardin communautaire"),
    ("Caserne", "Caserne de pompiers"),
    ("Parc", "Parc"),
    ("École primaire", "École"),
    ("Écocentre", "Écocentre"),
]
