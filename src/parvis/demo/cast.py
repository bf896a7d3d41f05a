"""Who lives and works in the demonstration. Nobody here exists."""

from __future__ import annotations

import random
from dataclasses import dataclass

from parvis.people.permissions import Role
from parvis.people.persons import ContactDetails

PASSWORD = "demonstration-parvis"  # noqa: S105  printed at every start: the demonstration holds nothing to protect


@dataclass(frozen=True)
class Account:
    username: str
    name: str
    role: Role
    department: str = ""  # code; also joins its teams


ACCOUNTS = (
    Account("premiere", "Alix Bonjour", Role.FIRST_LINE, "RCC"),
    Account("superviseure", "Maude Veille-Tard", Role.SUPERVISOR, "RCC"),
    Account("voirie", "Jocelyn Asphalte", Role.SECOND_LINE, "VOI"),
    Account("contremaitre", "Ginette Chenille", Role.SECOND_LINE, "DNG"),
    Account("equipe", "Réjean Pelleteur", Role.CREW, "VOI"),
    Account("planification", "Nour Demain", Role.PLANNER),
    Account("conseil", "Odette Quartier", Role.COUNCIL),
    Account("admin", "Camille Clé", Role.ADMINISTRATOR),
)
# Colleagues who keep the year moving: more of the first line, and one hand for each department.
FIRST_LINE = ("Béatrice Allô", "Yvan Laligne", "Fatou Répond", "Loïc Décroche", "Mei Écoute")

_FIRST_NAMES = [
    "Adélard", "Agathe", "Anselme", "Aurèle", "Bérengère", "Blandine", "Célestine", "Clovis", "Cunégonde",
    "Dieudonné", "Edwidge", "Eusèbe", "Faustine", "Firmin", "Gaétane", "Gédéon", "Hermine", "Hilaire", "Isidore",
    "Josaphat", "Léonide", "Ludivine", "Maxence", "Napoléon", "Octavie", "Ovide", "Pélagie", "Philomène", "Quentin",
    "Rosalba", "Sosthène", "Télesphore", "Ursule", "Valère", "Wilfrid", "Zénaïde",
]  # fmt: skip
_SURNAMES = [
    "Bellepluie", "Bonpas", "Boutdequai", "Chantelune", "Clairruisseau", "Cordebois", "Croquepomme", "Deuxponts",
    "Doucebrise", "Filneige", "Franchemine", "Grandpin", "Jolivent", "Lacoteau", "Legrésil", "Lalunaire",
    "Mielfleur", "Pasdeloup", "Patenaige", "Petitpré", "Quatresous", "Ruebasse", "Sansretard", "Soirdété",
    "Tapisvert", "Tournesolle", "Vaubonheur", "Verglacé", "Vieilhorloge",
]  # fmt: skip


def residents(rng: random.Random, count: int = 900) -> list[ContactDetails]:
    """Invented people: all with an e-mail ending in .example, the first ninety-nine with a telephone."""
    people: list[ContactDetails] = []
    seen: set[tuple[str, str]] = set()
    while len(people) < count:
        first, last = rng.choice(_FIRST_NAMES), rng.choice(_SURNAMES)
        if (first, last) in seen:
            continue
        seen.add((first, last))
        n = len(people)
        phone = f"418-555-{100 + n:04d}" if n < 99 else ""
        language = "en" if rng.random() < 0.03 else "fr"
        people.append(ContactDetails(f"{first} {last}", _email(first, last), phone, language))
    return people


def _email(first: str, last: str) -> str:
    from parvis.shared.text import fold

    return f"{fold(first)}.{fold(last)}@courriel.example"
