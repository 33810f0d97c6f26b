"""The rules of a library, and a sentence of them that links lead to."""

from bot.documents.parser import parse
from bot.types import Document

TEXT = """青溪图书馆借阅办法

一、借阅期限

普通读者每次可以借阅图书十二册。借期为四十五天。学生读者可以借阅二十册。

二、逾期与赔偿

图书逾期未还的，每册每天收取滞纳金二角。遗失的，按照原价三倍赔偿。
"""
FINE = "图书逾期未还的，每册每天收取滞纳金二角。"
UNLIKE = "火星探测器由三台发动机推动，飞行七个月后着陆。"
START = TEXT.index(FINE)
END = START + len(FINE)


def document(text: str) -> Document:
    return parse("a.txt", text.encode())
