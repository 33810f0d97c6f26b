"""Templates for questions about English documents."""

import re

from bot.suggestions.templates import Source, Template

_SUBJECT = r"(?P<subject>(?:The |the |Its |Each |Every )?[A-Z]?[\w'’-]+(?: [\w'’-]+){0,5}?)"
_NO_COUNT = re.compile(
    r"^(?:days?|weeks?|months?|years?|hours?|minutes?|times|was|has|is|pages"
    r"|euros|dollars|pounds|cents|yuan|(?:kilo)?metres|(?:kilo)?meters|miles|tons|tonnes|litres|liters|degrees)\b"
)
_LOSE_THEIR_E = ("clos", "arriv")


def part_question(number: int) -> str:
    """Return the question for what the part of this number says."""
    return f"What does part {number} say?"


def is_sound(text: str) -> bool:
    """Tell whether a question has the length of one and no placeholder in it."""
    return 5 <= len(text) < 70 and re.search(r"\bX+\b|_|\*", text) is None


def _subject(match: re.Match[str]) -> str:
    """The subject as it stands inside a sentence: its article in lower case."""
    return re.sub(r"^(The|Each|Every|Its) ", lambda m: m[0].lower(), match["subject"])


HEADINGS = (
    Template(
        "heading",
        "heading",
        re.compile(r"^[A-Z][a-z]+(?: [A-Za-z][a-z]+){1,4}$"),
        lambda m, _: f"What is said about {m[0].lower()}",
        examples=((Source("Opening hours"), "What is said about opening hours"),),
        counterexamples=(Source("HOURS"), Source("Hours")),
    ),
)
SENTENCES = (
    Template(
        "what a word means",
        "definition",
        re.compile(r"^[“\"]?(?P<term>[A-Za-z][\w -]{2,30}?)[”\"]? (?:means|refers to|is defined as) "),
        lambda m, _: f"What does “{m['term'].strip()}” mean",
        examples=((Source("Berth means a place where a boat lies."), "What does “Berth” mean"),),
        counterexamples=(Source("A berth is a place."),),
    ),
    Template(
        "when it opened",
        "date",
        re.compile(rf"^{_SUBJECT} (?P<verb>open|clos|start|end|happen|arriv|launch)e?d (?:in|on) (?:[A-Z]|\d)"),
        lambda m, _: f"When did {_subject(m)} {m['verb']}{'e' if m['verb'] in _LOSE_THEIR_E else ''}",
        examples=(
            (Source("The Old Pier opened in 1954."), "When did the Old Pier open"),
            (Source("Its gates closed on 3 May."), "When did its gates close"),
        ),
        counterexamples=(Source("The Old Pier opened in spite of the storm."),),
    ),
    Template(
        "when it was founded",
        "date",
        re.compile(
            rf"^{_SUBJECT} (?P<be>was|were) (?P<verb>founded|built|established|adopted|signed|created|completed|"
            r"published|opened|introduced|launched|elected|born) (?:in|on) (?:[A-Z]|\d)"
        ),
        lambda m, _: f"When {m['be']} {_subject(m)} {m['verb']}",
        examples=((Source("The lighthouse was built in 1871."), "When was the lighthouse built"),),
        counterexamples=(Source("The lighthouse was built in stone."),),
    ),
    Template(
        "when it is due",
        "date",
        re.compile(
            rf"^{_SUBJECT} (?:must|shall|is to|are to) be (?P<verb>\w+ed|paid|sent|made) "
            r"(?:within|by|before|no later than) (?:\d|the|[a-z]+ (?:days|weeks|months|years))"
        ),
        lambda m, _: f"When must {_subject(m)} be {m['verb']}",
        examples=((Source("The fee must be paid within 30 days."), "When must the fee be paid"),),
        counterexamples=(Source("The fee must be paid in cash."),),
    ),
    Template(
        "how many there are",
        "number",
        re.compile(
            r"\b(?:has|have|holds?|contains?|includes?|comprises?|consists? of|there (?:are|were)) "
            r"(?:about |some |over |more than |nearly )?\d[\d,]* "
            r"(?P<things>(?:kinds|types|species|sorts) of [a-z]+|[a-z]{3,}s(?: of [a-z]+)?)\b"
        ),
        lambda m, _: "" if _NO_COUNT.match(m["things"]) else f"How many {m['things']} are there",
        examples=((Source("The shed holds 40 kinds of rope."), "How many kinds of rope are there"),),
        counterexamples=(Source("It takes 40 days of work."), Source("Passwords have at least 14 characters.")),
    ),
    Template(
        "what something must have",
        "duty",
        re.compile(
            rf"^{_SUBJECT} (?P<must>must|shall|should) "
            r"(?P<verb>have|contain|include|show|bring|carry|wear|provide|submit)"
            r" (?!been\b)\S"
        ),
        lambda m, _: f"What {m['must']} {_subject(m).lower()} {m['verb']}",
        examples=((Source("Passwords must have at least 14 characters."), "What must passwords have"),),
        counterexamples=(Source("The fee must be paid."), Source("It must have been so.")),
    ),
    Template(
        "when something is done",
        "date",
        re.compile(
            rf"^{_SUBJECT} (?P<be>is|are) "
            r"(?P<done>open|closed|deleted|reviewed|renewed|paid|published|updated|checked|due)"
            r" (?:from|on|after|within|every|at|once|by|for)? ?(?:\d|the|[A-Z]|each|every|an?\b)"
        ),
        lambda m, _: f"When {m['be']} {_subject(m).lower()} {m['done']}",
        examples=(
            (Source("The office is open from 9 am to 5 pm."), "When is the office open"),
            (Source("Customer data is deleted 90 days after the contract."), "When is customer data deleted"),
        ),
        counterexamples=(Source("The office is open to all."),),
    ),
)
