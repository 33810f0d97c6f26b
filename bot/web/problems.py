"""The kinds of errors that the HTTP API answers with: what a program tells one from another by."""

from dataclasses import dataclass

from bot.types import Language

ADDRESS = "/api/problems/"
"""A problem's ``type`` is this and the name of its kind, and describes it to who asks for it."""
MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error: the status it comes with, and what it is called in both languages."""

    name: str
    status: int
    en: str
    zh: str

    @property
    def type(self) -> str:
        """The address that stands for it in an answer."""
        return ADDRESS + self.name

    def title(self, language: Language) -> str:
        """Return what it is called."""
        return self.zh if language == "zh" else self.en


KINDS = (
    Kind("unreadable", 400, "The request cannot be read", "请求无法读取"),
    Kind("password", 401, "A password is needed", "需要密码"),
    Kind("forbidden", 403, "This may not be done from here", "不能在这里这样做"),
    Kind("not-found", 404, "There is no such thing", "没有这样东西"),
    Kind("no-such-request", 404, "Nothing answers this request", "没有什么能回应这个请求"),
    Kind("method", 405, "This address does not take this method", "这个地址不接受这种请求方法"),
    Kind("too-large", 413, "The request is too large", "请求太大"),
    Kind("media-type", 415, "The body is not of the kind that is taken", "正文的类型不对"),
    Kind("host", 421, "Not served under this name", "不在这个名称下服务"),
    Kind("invalid", 422, "The request has not the form it should have", "请求的格式不对"),
    Kind("question", 422, "The question cannot be used", "问题无法使用"),
    Kind("file", 422, "The file cannot be used", "文件无法使用"),
    Kind("synonyms", 422, "The terms cannot be used", "词语无法使用"),
    Kind("writer", 422, "The model that writes cannot be used", "写作模型无法使用"),
    Kind("too-many", 429, "Too many requests", "请求太多"),
    Kind("failed", 500, "Youju failed", "有据出错"),
    Kind("unavailable", 503, "Youju cannot work at the moment", "有据暂时无法工作"),
    Kind("busy", 503, "Many questions are being answered", "提问的人较多"),
)
"""Where several have one status, the first is the one that nothing more is known of."""

BY_NAME = {kind.name: kind for kind in KINDS}
BY_STATUS = {kind.status: kind for kind in reversed(KINDS)}


def kind_of(status: int) -> Kind:
    """Return the kind that stands for a status; for one that none has, the one of its hundred."""
    return BY_STATUS.get(status) or BY_STATUS[500 if status >= 500 else 400]
