"""Characters looked up for a whole text: the very same as asked one by one."""

from bot.language.characters import ByCharacter, codes_of, fold_codes, text_of
from bot.language.folding import fold

EVERY = "".join(map(chr, range(0x110000)))


def test_every_character_is_folded_as_in_a_text() -> None:
    assert text_of(fold_codes(codes_of(EVERY))) == fold(EVERY)


def test_each_character_is_asked_for_once() -> None:
    asked: list[str] = []

    def tell(char: str) -> int:
        asked.append(char)
        return ord(char) % 7

    numbers = ByCharacter(tell)
    for text in ("一二一", "二三", "", "𠀀一"):
        assert numbers.of(codes_of(text)).tolist() == [ord(char) % 7 for char in text]
    assert sorted(asked) == sorted("一二三𠀀")
