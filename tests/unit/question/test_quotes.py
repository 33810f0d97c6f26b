from bot.question.quotes import quoted_phrases


def test_quoted_phrases_are_found_in_all_marks() -> None:
    text = "“甲 ”、「乙」、『丙』、‘丁’、《戊》、\"己\"、'庚'、“”、it's 'x'"
    phrases = quoted_phrases(text)
    assert [text[phrase.start : phrase.end] for phrase in phrases] == [phrase.text for phrase in phrases]
    assert [phrase.text for phrase in phrases] == ["甲", "乙", "丙", "丁", "戊", "己", "庚", "x"]
