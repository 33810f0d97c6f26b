"""Which document words mean that are no title."""

import pytest

from bot.structure.naming import meant
from bot.types import DocumentInfo

TITLES = (
    "上海市养犬管理条例", "上海市房屋租赁条例", "枫桥路8号房屋租赁合同", "中华人民共和国劳动合同法",
    "翠湖花园社区管理处通告",    "关于做好2024年职业技能提升补贴申领工作的通知", "Data Security Policy",
)  # fmt: skip
INFOS = [DocumentInfo(title, f"{title}.txt", title, "UTF-8", 1, 1, 0, 0, 1, "") for title in TITLES]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("养犬管理条例", TITLES[:1]), ("上海租赁条例", TITLES[1:2]), ("合同", TITLES[2:3]),
        ("技能补贴通知", TITLES[5:6]),
        ("翠湖花园", TITLES[4:5]), ("通告", TITLES[4:5]), ("policy", TITLES[6:]), ("劳动合同法", TITLES[3:4]),
        ("上海条例", TITLES[:2]), ("税务局", ()), ("", ()), ("法", TITLES[3:4]),
    ],
)  # fmt: skip
def test_the_best_fitting_titles_are_meant(name: str, titles: tuple[str, ...]) -> None:
    assert tuple(info.title for info in meant(name, INFOS)) == titles
