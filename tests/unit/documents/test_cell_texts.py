"""Number formats: each row is a value, its code in the file, and what Excel shows."""

import random
from datetime import date, datetime, time, timedelta

import pytest

from bot.documents.formats.cell_texts import Value, shown

MARCH = datetime(2024, 3, 5, 8, 3, 9)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.125, "0.0%", "12.5%"),
        (0.0825, "0.00%", "8.25%"),
        (1234.5, '"¥"#,##0.00', "¥1,234.50"),
        (1234.5, "[$¥-804]#,##0.00", "¥1,234.50"),
        (-1234.5, "#,##0.00_);[Red]\\(#,##0.00\\)", "(1,234.50)"),
        (-5, "0;[Red]-0", "-5"),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (-0.001, "0.00", "0.00"),
        (1.005, "0.00", "1.01"),
        (2.5, "0", "3"),
        (0.5, "0.##", "0.5"),
        (0.5, "#.##", ".5"),
        (5, "000", "005"),
        (1234567, "#,##0,", "1,235"),
        (4e7, '0.00,,"百万"', "40.00百万"),
        (12.3, "0.00E+00", "1.23E+01"),
        (3, '"第"0"号"', "第3号"),
        (3, "@", "3"),
        (12, 'General"元"', "12元"),
        (0.25, "# ?/?", "0.25"),
        (15000, '[>=10000]0.0,"万";0', "15000"),
        (0.1 + 0.2, "General", "0.3"),
        (110101199003, "General", "110101199003"),
        (1e21, "0.00", "1e+21"),
        (float("inf"), "0.00", "inf"),
        (True, "0.00", "TRUE"),
        ("文字", "0.00", "文字"),
        (None, "0.00", ""),
        (MARCH, 'yyyy"年"m"月"d"日"', "2024年3月5日"),
        (MARCH, "[$-804]yyyy-mm-dd aaaa", "2024-03-05 星期二"),
        (MARCH, "yyyy/m/d h:mm", "2024/3/5 8:03"),
        (MARCH, "mm:ss", "03:09"),
        (MARCH, "d-mmm-yy", "5-Mar-24"),
        (MARCH, "h:mm AM/PM", "8:03 AM"),
        (MARCH, "上午/下午h:mm", "上午8:03"),
        (date(2024, 3, 5), "General", "2024-03-05"),
        (MARCH, "General", "2024-03-05 08:03:09"),
        (45356, "yyyy-mm-dd", "2024-03-05"),
        (-1, "yyyy-mm-dd", "-1"),
        (time(8, 30), "h:mm", "8:30"),
        (time(8, 30), "General", "08:30"),
        (timedelta(hours=30), "[h]:mm", "30:00"),
        (timedelta(hours=30), "General", "30:00"),
    ],
)
def test_a_cell_shows_its_value_as_excel_does(value: Value, code: str, text: str) -> None:
    assert shown(value, code) == text


def test_no_code_fails() -> None:
    rng = random.Random(11)
    values = (0, -1.5, 1e14, 3e-300, 45356.7, MARCH, date(1900, 1, 1), time(1, 2, 3), timedelta(days=4))
    for _ in range(3000):
        code = "".join(rng.choices('0#?.,%E+-/;:@"\\[]_*$ ymdhsaAMP/年General', k=rng.randint(0, 12)))
        for value in values:
            assert isinstance(shown(value, code), str)
