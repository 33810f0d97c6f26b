import pytest

from bot.language.titles import is_law, title_key


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("《中华人民共和国公司法》", "公司法"),
        ("關於 “四個機關” 的意見", "关于四个机关的意见"),
        ("Company Law of the People's Republic of China", "companylaw"),
        ("实施〈树木法〉办法", "实施树木法办法"),
        ("", ""),
    ],
)
def test_titles_are_compared_without_marks_and_the_state(title: str, key: str) -> None:
    assert title_key(title) == key


@pytest.mark.parametrize("name", ["公司法", "民法典", "树木保护条例", "company law", "treaty"])
def test_names_of_laws_are_known_by_their_end(name: str) -> None:
    assert is_law(name)


@pytest.mark.parametrize("name", ["法院", "工作报告", ""])
def test_other_names_are_not(name: str) -> None:
    assert not is_law(name)
