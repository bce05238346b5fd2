"""The sheets that a clinician, and for a translation a speaker too, sign: all we say about health, and where from."""

from sessions.library import Card, CardLine, Source, Ways, cards, help_page, tags, ways
from sessions.library.languages import LANGUAGES, read

REVIEWED = {"en": "docs/clinical-review.md", "es": "docs/clinical-review.es.md"}
"""Where the sheet to be signed is, for each language that we ship."""

ABOUT_REVIEW = {
    "en": """# To be signed: what we say about health

Written by `python3 dev.py lists` from `sessions/library/en`: change the words there, never here. Nobody has signed any
of it unless a line says so. A clinician reads each statement beside its sources. When it is right, put your name and
the day into `reviewed_by` and `reviewed_on` of its file, and a day at most half a year ahead into `review_by`. Until
then every page says "not yet checked". We took each fact from the page named; we have not checked that the page is
right, nor that it is still there. The words in brackets say which of drug, set and setting a line moves.
""",
    "es": """# Para firmar: lo que decimos sobre la salud

Lo escribe `python3 dev.py lists` a partir de `sessions/library/es`: cambie las palabras allí, nunca aquí. Nadie ha
firmado nada, salvo donde una línea lo dice. Firman dos personas: una clínica, y una que habla español y compara cada
frase con el inglés. Cuando esté bien, ponga su nombre y el día en `reviewed_by` y `reviewed_on` del archivo, y en
`review_by` un día de los próximos seis meses. Hasta entonces cada página dice "aún sin revisar" y muestra el inglés al
lado. Cada dato viene de la página que se nombra; no hemos comprobado que la página tenga razón ni que siga ahí. Lo que
va entre paréntesis dice si una línea mueve la droga, la persona o el entorno.
""",
}
REVIEW_WORDS = {
    "en": {
        "beside": "", "card": "Card", "file": "File", "sources": "Sources", "local": "A site may add",
        "signed": "Signed", "nobody": "by nobody yet", "by": "look at again by", "help": "Help", "ways": "Ways",
        "like": "What some like", "hard": "What some find hard",
    },
    "es": {
        "beside": "En inglés", "card": "Tarjeta", "file": "Archivo", "sources": "Fuentes",
        "local": "Un sitio puede añadir",
        "signed": "Firmada", "nobody": "por nadie todavía", "by": "volver a revisar a más tardar el", "help": "Ayuda",
        "ways": "Caminos", "like": "Lo que a veces gusta", "hard": "Lo que a veces cuesta",
    },
}  # fmt: skip


def review(language: str) -> str:
    """Every medical statement in a language, with its sources: of the cards, the ways and the help page."""
    said = REVIEW_WORDS[language]
    lines = [ABOUT_REVIEW[language]]
    for card in cards(language).values():
        lines += _card(card, cards("en")[card.key], said)
    lines += _ways(ways(language), ways("en"), said)
    return "\n".join([*lines, *_help(language, said), ""])


def _card(card: Card, english: Card, said: dict[str, str]) -> list[str]:
    lines = [f"## {said['card']} {card.place}. {card.title}", ""]
    lines += [f"{_file(card.language, f'cards/{card.key}', said)} {_signature(card, said)}", ""]
    for line, same in zip(card.lines, english.lines, strict=True):
        lines += [f"- {line.text}{_moves(line, card.language)}", *_beside(same.text, said)]
    lines += ["", *_sources(card.sources, said), ""]
    return [*lines, f"{said['local']}: {card.local}.", ""] if card.local else lines


def _ways(found: Ways, english: Ways, said: dict[str, str]) -> list[str]:
    lines = [f"## {said['ways']}", "", f"{_file(found.language, 'ways', said)} {_signature(found, said)}", ""]
    for way, same in zip(found.ways, english.ways, strict=True):
        lines += [f"### {way.title}", "", f"- {way.what}", *_beside(same.what, said)]
        lines += [f"- {said['like']}: {way.some_like}", *_beside(same.some_like, said)]
        lines += [f"- {said['hard']}: {way.some_find_hard}", *_beside(same.some_find_hard, said)]
        lines += ["", *_sources(way.sources, said), ""]
    return lines


def _file(language: str, name: str, said: dict[str, str]) -> str:
    return f"{said['file']}: `sessions/library/{language}/{name}.yaml`."


def _signature(signed: Card | Ways, said: dict[str, str]) -> str:
    by = f"{signed.reviewed_by}, {signed.reviewed_on}" if signed.reviewed_by else said["nobody"]
    return f"{said['signed']}: {by}; {said['by']} {signed.review_by}."


def _beside(english: str, said: dict[str, str]) -> list[str]:
    return [f"  - {said['beside']}: {english}"] if said["beside"] else []


def _moves(line: CardLine, language: str) -> str:
    labels = [group.label.lower() for group in tags(language).groups if group.key in line.moves]
    return f" ({', '.join(labels)})" if labels else ""


def _sources(found: tuple[Source, ...], said: dict[str, str]) -> list[str]:
    named = [f"{source.name} <{source.url}>" if source.url else source.name for source in found]
    return [f"{said['sources']}: {'; '.join(named)}."]


def _help(language: str, said: dict[str, str]) -> list[str]:
    """The help page: each statement with the addresses that its file gives for it."""
    help_, held = help_page(language), read(LANGUAGES[language].folder / "help.yaml")
    signed = f"{help_.reviewed_by}, {help_.reviewed_on}" if help_.reviewed_by else said["nobody"]
    told = {job.key: (job.title, [job.say, job.fallback, job.how]) for job in help_.jobs}
    told |= {panel.key: (panel.label, [*panel.lines]) for panel in help_.panels}
    told |= {number.key: (f"{number.name}, {number.number}", [number.note]) for number in help_.numbers}
    lines = [f"## {said['help']}", ""]
    lines += [f"{_file(language, 'help', said)} {said['signed']}: {signed}.", ""]
    for key, (title, statements) in told.items():
        urls = [source["url"] for source in held["sources"] if key in source["for"]]
        lines += [f"### {title}", "", *(f"- {statement}" for statement in statements if statement), ""]
        lines += [f"{said['sources']}: {'; '.join(f'<{url}>' for url in urls)}.", ""]
    return lines[:-1]
