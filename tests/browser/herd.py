"""Sixty papers on six animals and five ways to count them: a crowd large enough for verdicts.

The third paper on zebras wants to do harm, by its title, its date and its id.
"""

from __future__ import annotations

from rag.types import Paper, PaperId

HOSTILE = '=HYPERLINK("http://elsewhere.invalid")<img src=x onerror=window.hit=1> Zebras & "Drones"'
_ANIMALS = ("Zebras", "Otters", "Storks", "Beetles", "Salmon", "Wolves")
_WAYS = {
    "drones": "Drones fly over the plain and take photographs from above.",
    "collars": "Collars with a radio tell where each animal goes.",
    "footprints": "Footprints in mud are measured and matched by hand.",
    "microphones": "Microphones record calls at night, and a network tells them apart.",
    "traps": "Camera traps take photographs whenever something warm moves.",
}


def herd() -> tuple[Paper, ...]:
    """Return the papers; each has a year from 2014 on."""
    return tuple(_paper(number) for number in range(60))


def _paper(number: int) -> Paper:
    animal, way = _ANIMALS[number % 6], list(_WAYS)[number // 6 % 5]
    title = HOSTILE if number == 12 else f"{animal} and {way.capitalize()}, Part {number // 30 + 1}"
    abstract = (
        f"{animal} are hard to count in the wild. {_WAYS[way]} We count {animal.lower()} with {way} "
        f"on {number + 3} sites. The count differs by {number % 9 + 1} percent from that of wardens."
    )
    return Paper(PaperId(f"herd-{number}"), title, abstract, ("Ann Oner",), str(2014 + number % 11))
