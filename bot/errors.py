"""The errors that a person can do something about; ``bot.types`` gives them too.

::

    YoujuError                 anything a person can do something about; carries a line in Chinese and one in English
    ├── DocumentError          a file cannot be read: empty, binary, unknown encoding, too large, not there
    ├── QuestionError          a question is empty or too long
    ├── NotFoundError          no such document, conversation or turn
    ├── StoreError             the home folder cannot be opened or written, or its content is damaged
    ├── EncoderError           an encoder cannot be loaded
    ├── WriterError            a model that writes cannot be set, or there is none
    ├── BusyError              too many questions wait for an answer already
    │   └── TooOftenError      one caller has asked as often as one may in a while
    ├── EndingError            the program is being ended
    └── ServerError            a surface cannot start: the port is taken
"""

from typing import Literal

Language = Literal["zh", "en"]


class YoujuError(Exception):
    """An error that a person can act on: says what is wrong and what to do next, in both languages."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def message(self, language: Language) -> str:
        """Return the line for ``language``."""
        return self.zh if language == "zh" else self.en


class DocumentError(YoujuError):
    """A file cannot be read as a document."""


class QuestionError(YoujuError):
    """A question cannot be asked."""


class NotFoundError(YoujuError):
    """No such document, conversation or turn. ``quote``: the words that a link to it cited, where they are known."""

    def __init__(self, en: str, zh: str, quote: str | None = None) -> None:
        super().__init__(en, zh)
        self.quote = quote


class StoreError(YoujuError):
    """The home folder cannot be used."""


class EncoderError(YoujuError):
    """An encoder cannot be loaded."""


class WriterError(YoujuError):
    """A model that writes cannot be set, or there is none to ask."""


class BusyError(YoujuError):
    """Too many questions wait already; ``seconds`` from now on (1 at least) there may be room."""

    def __init__(self, seconds: int) -> None:
        self.seconds = max(1, seconds)
        super().__init__(
            f"Many questions are being answered just now; ask again in {self.seconds} s.",
            f"现在提问的人较多，请在 {self.seconds} 秒后再问。",
        )


class TooOftenError(BusyError):
    """One caller has asked as often as one may; ``seconds`` from now on (1 at least) they may again."""

    def __init__(self, seconds: int, a_minute: int) -> None:
        super().__init__(seconds)
        self.en = (
            f"You have asked {a_minute} questions within a minute; to leave room for others, ask again in "
            f"{self.seconds} s."
        )
        self.zh = f"您一分钟内已经问了 {a_minute} 个问题，给别人也留些余地，请在 {self.seconds} 秒后再问。"


class EndingError(YoujuError):
    """The program is being ended, and begins no further answer."""

    def __init__(self) -> None:
        super().__init__(
            "Youju is being ended and begins no further answer; ask again once it runs again.",
            "有据正在停止，不再回答新的问题；重新启动后请再问一次。",
        )


class ServerError(YoujuError):
    """A surface cannot start."""
