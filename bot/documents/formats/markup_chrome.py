"""What of a web page is not its text: navigation, heads and feet of the site, banners; rows of a table.

Nothing is taken for such a thing by its name alone: it must look like it too (mostly links, a copyright line), be no
large part of the page and hold no main heading. So a page without such parts loses nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from bot.pages import Notice

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def words_of(line: str) -> frozenset[str]:
    """Return the words of a line as a set."""
    return frozenset(line.split())


NO_TEXT = words_of(
    "script style template noscript title base link meta object embed applet svg canvas audio video map select "
    "datalist input textarea noembed basefont"
)
"""Elements without text of the page; forms' fields hold what a reader types."""
_INSIDE = frozenset({"article", "main", "blockquote"})
_LEGAL = re.compile(r"ICP[备證证]|公网安备|网站标识码|版权所有|版權所有|copyright|©|all rights reserved", re.I)
_ASKS = re.compile(r"同意|接受|知道了|隐私|隱私|accept|agree|got it|privacy|settings", re.I)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SEPARATORS = re.compile(r"[\s|｜·•>»›/\\\-—【】\[\]]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_OPENED_BY_CLICK = words_of("tab tabs pane panel collapse collapsed accordion answer faq")
_LARGE = 0.5
_UNLINKED = 200
"""A page of which fewer characters are no links is a list of links."""


@dataclass(frozen=True, slots=True)
class Part:
    """An element: its ``characters`` (white space and signs between links apart), those of them in ``links`` links,
    and the ``words`` of its class and id."""

    tag: str
    role: str
    words: frozenset[str]
    characters: int
    linked: int
    links: int
    text: Callable[[], str]
    leaf: bool

    @property
    def share(self) -> float:
        """The part of its characters that are links (0..1)."""
        return self.linked / max(1, self.characters)


@dataclass(frozen=True, slots=True)
class ChromeRule:
    """A row: how such a thing is called (zh, en), by what it may be known, and what it must look like as well.

    ``outside`` tells that it is none within an article or the page's main part.
    """

    name: tuple[str, str]
    looks: Callable[[Part], bool]
    tags: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    line: re.Pattern[str] | None = None
    outside: bool = False

    def fits(self, part: Part, inside: bool) -> bool:
        """Tell whether a part is such a thing."""
        if inside and self.outside:
            return False
        named = part.tag in self.tags or part.role in self.roles or not self.words.isdisjoint(part.words)
        if named or (self.line is not None and part.leaf):
            return self.looks(part) and (named or self.line is None or self.line.search(part.text()) is not None)
        return False


_NAVIGATION, _HEAD, _FOOT = ("导航", "navigation"), ("页头", "page head"), ("页脚", "page foot")
RULES = (
    ChromeRule(
        ("Cookie 提示", "cookie banner"), lambda part: part.characters <= 2000 and bool(_ASKS.search(part.text())),
        words=words_of("cookie cookies consent gdpr"),
    ),
    ChromeRule(
        _NAVIGATION, lambda part: part.share >= 0.5 or part.characters <= 30 < 40 * part.links,
        tags=words_of("nav"), roles=words_of("navigation menubar search toolbar"),
        words=words_of(
            "nav navbar navigation menu menus breadcrumb breadcrumbs crumb crumbs sidebar sidenav topbar toolbar "
            "pagination pager share sharing related recommend skip"
        ),
    ),
    ChromeRule(
        _NAVIGATION, lambda part: part.links > 0 and part.characters <= 120,
        line=re.compile(r"^\W*(?:(?:当前|您的|你的|您现在的|您当前的|目前|您現在的)位置|you are here)\s*[:：]", re.I),
    ),
    ChromeRule(
        ("工具条", "tool bar"), lambda part: part.characters <= 40,
        line=re.compile(
            r"(?:字体|字号|字體|字號)\W*(?:[超特]?大)\W+中\W+小|^\W*(?:分享(?:到|至)|打印(?:本页|此页)?|关闭(?:本页|窗口))"
            r"(?:\W+(?:微信|微博|QQ|打印(?:本页|此页)?|关闭(?:本页|窗口)?))*\W*$"
        ),
    ),
    ChromeRule(
        _HEAD, lambda part: part.links > 1 and part.share >= 0.3 and part.characters <= 400,
        tags=words_of("header"), roles=words_of("banner"), words=words_of("header masthead banner top"), outside=True,
    ),
    ChromeRule(
        _FOOT, lambda part: part.characters <= 1000 and (part.share >= 0.3 or bool(_LEGAL.search(part.text()))),
        tags=words_of("footer"), roles=words_of("contentinfo"), words=words_of("footer foot bottom copyright"),
        outside=True,
    ),
    ChromeRule(
        _FOOT, lambda part: part.characters <= 300,
        line=re.compile(r"[\u4e00-\u9fff]\s?ICP[备證证]\s?\d|公网安备\s?\d|网站标识码\W*[a-z\d]{6}"), outside=True,
    ),
    ChromeRule(  # a bar of links that nothing marks: old pages are made of tables
        _NAVIGATION, lambda part: part.links > 3 and part.share >= 0.9 and part.linked <= 8 * part.links,
        tags=words_of("ul ol div p td tr table center dl"), outside=True,
    ),
)  # fmt: skip
"""Of several that fit the first counts; a part within one goes with it."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many parts of each kind were left out, and how many characters they had in all."""

    parts: Mapping[tuple[str, str], int]
    characters: int

    def notices(self) -> Iterable[Notice]:
        """Yield the line about it, nothing where nothing was left out."""
        if self.parts and self.characters:
            en = ", ".join(f"{name[1]} ({count})" for name, count in self.parts.items())
            zh = "、".join(f"{name[0]} {count} 处" for name, count in self.parts.items())
            yield Notice(f"Left out: {en}; {self.characters} characters.", f"略过{zh}，共 {self.characters} 字。")


def drop_chrome(root: "Element") -> Dropped:
    """Take out of a page what is not its text, and tell what that was."""
    drop_hidden(root)
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    parts = _measured(elements)
    whole = parts[root]
    prose = whole.characters - whole.linked
    counted: Counter[tuple[str, str]] = Counter()
    characters = 0
    gone: set[Element] = set()
    mains = [element for element in elements if element.tag in ("h1", "main", "article")]
    holders = _above(mains)
    headings = sum(main.tag == "h1" for main in mains)
    inside: set[Element] = set()
    for element in elements:
        above = element.getparent()
        if above in inside or element.tag in _INSIDE or element.get("role") == "main":
            inside.add(element)
        if above in gone:
            gone.add(element)
            continue
        part = parts[element]
        if not part.characters or part.tag in ("h1", "main", "article", "html", "body"):
            continue
        if part.characters - part.linked > _LARGE * prose or (element in holders and not _other_h1(element, headings)):
            continue
        rule = next((rule for rule in RULES if rule.fits(part, element in inside)), None)
        if rule is None or (rule is RULES[-1] and prose < _UNLINKED):
            continue
        counted[rule.name] += 1
        characters += part.characters
        gone.add(element)
    for element in gone:
        if element.getparent() not in gone:
            drop(element)
    return Dropped(counted, characters)


def drop(element: "Element") -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _above(elements: list["Element"]) -> set["Element"]:
    """Return all elements that one of ``elements`` stands in."""
    found: set[Element] = set()
    for element in elements:
        parent = element.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return found


def _other_h1(element: "Element", headings: int) -> bool:
    """Tell whether the page has a main heading besides those in a site's head, which holds nothing else that counts."""
    own = sum(1 for _ in element.iter("h1"))
    return own < headings and next(element.iter("main", "article"), None) is None


def drop_hidden(root: "Element") -> None:
    """Take out what is no text, what is not shown, and buttons, unless they are headings that open what is below."""
    for element in [*root.iter(*NO_TEXT), *(found for found in root.iter() if _hidden(found))]:
        if element.tag not in ("html", "body"):
            drop(element)
    for button in list(root.iter("button")):
        if next(button.iterancestors("h1", "h2", "h3", "h4", "h5", "h6"), None) is None:
            drop(button)


def _hidden(element: "Element") -> bool:
    if not isinstance(element.tag, str):
        return False
    hidden = element.get("hidden", "shown") not in ("shown", "until-found") or _HIDDEN.search(element.get("style", ""))
    return bool(hidden) and _OPENED_BY_CLICK.isdisjoint(_words(element))


def _words(element: "Element") -> frozenset[str]:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return frozenset(word.lower() for word in _WORD.findall(names[:300]))


def _text(element: "Element") -> str:
    return "".join(element.itertext())


def _measured(elements: list["Element"]) -> dict["Element", Part]:
    """Return each element's part; those within an element are measured before it."""
    parts: dict[Element, Part] = {}
    for element in reversed(elements):
        texts, linked, links, leaf = [element.text], 0, 0, True
        characters = 0
        for child in element:
            if (part := parts.get(child)) is not None:
                characters += part.characters
                linked += part.linked
                links += part.links
                leaf = leaf and part.leaf and part.tag not in _BLOCKS
            texts.append(child.tail)
        characters += sum(len(_SEPARATORS.sub("", text)) for text in texts if text)
        if element.tag == "a" and element.get("href", "#")[:1] != "#":
            linked, links = characters, 1
        parts[element] = Part(
            element.tag, element.get("role", ""), _words(element), characters, linked, links,
            partial(_text, element), leaf,
        )  # fmt: skip
    return parts


_BLOCKS = words_of("div p table tr td th ul ol li dl center section article h1 h2 h3 h4 h5 h6 form footer header")
