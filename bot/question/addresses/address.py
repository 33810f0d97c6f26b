"""An address in a law or a contract: "第二章", "第三十条第二款第（一）项"."""

from dataclasses import dataclass

from bot.language.numerals import han_numeral
from bot.tree import Kind

DIVISIONS = {"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION}


@dataclass(frozen=True, slots=True)
class Address:
    """What a question names. Numbers are 0 where they are not named.

    ``law`` is the folded name as written, or what stands before the address where that may be one; ``quoted`` tells
    that it stood in 《》. ``inserted`` is M of "第N条之M", ``last`` the article that a range ends with, as (N, M).
    ``subitem`` counts 目. ``alone`` tells that the question asks for nothing but what stands there.
    """

    law: str = ""
    quoted: bool = False
    divisions: tuple[tuple[int, int], ...] = ()
    article: int = 0
    inserted: int = 0
    last: tuple[int, int] = (0, 0)
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    alone: bool = True

    @property
    def text(self) -> str:
        """The address without its law, in Chinese numerals: "第三十条第二款第（一）项"."""
        units = {rank: unit for unit, rank in DIVISIONS.items()}
        form = "".join(f"第{han_numeral(number)}{units[Kind(rank)]}" for rank, number in self.divisions)
        if self.article:
            form += _article(self.article, self.inserted)
        if self.last[0]:
            form += f"至{_article(*self.last)}"
        if self.paragraph:
            form += f"第{han_numeral(self.paragraph)}款"
        if self.item:
            form += f"第（{han_numeral(self.item)}）项"
        return form + (f"第{self.subitem}目" if self.subitem else "")

    @property
    def english(self) -> str:
        """The address without its law in English: "Article 30, paragraph 2, item (1)"."""
        units = {Kind.PART: "Part", Kind.CHAPTER: "Chapter", Kind.SECTION: "Section"}
        steps = [f"{units[Kind(rank)]} {number}" for rank, number in self.divisions]
        if self.last[0]:
            steps.append(f"Articles {self.article} to {self.last[0]}")
        elif self.article:
            steps.append(f"Article {self.article}" + (f"-{self.inserted}" if self.inserted else ""))
        steps += [f"paragraph {self.paragraph}"] if self.paragraph else []
        inner = f"({self.item})" if self.item else ""
        inner += f"({self.subitem})" if self.subitem else ""
        return ", ".join(steps + ([f"item {inner}"] if inner else []))


def _article(number: int, inserted: int) -> str:
    return f"第{han_numeral(number)}条" + (f"之{han_numeral(inserted)}" if inserted else "")
