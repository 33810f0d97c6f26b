"""What ``/v1`` takes and gives, as OpenAI's reference has it. A parameter that is not named here has no effect."""

import re
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from bot.types import Answer, Mode
from bot.web.bodies import Body
from bot.web.openai_errors import OpenAIError

CHAT_MODEL = "youju"
EMBEDDING_MODEL = "youju-embedding"
WRITTEN_MODELS: dict[str, Mode] = {"youju-paragraph": "paragraph", "youju-points": "points", "youju-table": "table"}
"""What is asked for an answer that a model writes, where one is set."""
_MOST_MESSAGES = 2000
_MOST_INPUTS = 2048


class ContentPart(BaseModel):
    """A part of a message; only text is read."""

    type: str
    text: str = ""


class ChatMessage(BaseModel):
    """A message of a chat."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[ContentPart] | None = None

    def text(self) -> str:
        """Return its words.

        Raises:
            OpenAIError: it holds something else, a picture, sound or file.
        """
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        other = next((part.type for part in self.content if part.type not in ("text", "refusal")), None)
        if other is not None:
            raise OpenAIError(
                f"A message can hold text only, not {other!r}: add a file to the documents to ask about it.",
                f"消息里只能有文字，不能有 {other!r}：要问文件的内容，请先把它添加到文档里。",
                param="messages",
            )
        return "\n".join(part.text for part in self.content)


class StreamOptions(BaseModel):
    """What a stream tells besides the answer."""

    include_usage: bool | None = None


class ChatRequest(Body):
    """A chat to go on with: its last message is the question."""

    # Clients send parameters of models that make their words up; none of them can change a quotation.
    model_config = ConfigDict(extra="ignore")

    model: str = Field(description=f"'{CHAT_MODEL}', or where a model writes one of {', '.join(WRITTEN_MODELS)}.")
    messages: list[ChatMessage] = Field(min_length=1, max_length=_MOST_MESSAGES)
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: int | None = Field(default=None, description="1: the documents have one answer.")
    tool_choice: Any = Field(default=None, description="Nothing that makes a call certain: no tool is ever called.")
    function_call: Any = Field(default=None, description="As `tool_choice`.")
    response_format: Any = Field(default=None, description="Text.")
    logprobs: bool | None = Field(default=None, description="False: no word is made up.")
    modalities: list[str] | None = Field(default=None, description="Text.")


class EmbeddingRequest(Body):
    """Texts to turn into vectors."""

    model_config = ConfigDict(extra="ignore")

    model: str = Field(description=f"'{EMBEDDING_MODEL}'.")
    input: str | list[str] | list[int] | list[list[int]] = Field(
        description=f"A text, or up to {_MOST_INPUTS}; no tokens."
    )
    encoding_format: Literal["float", "base64"] | None = None
    dimensions: int | None = Field(default=None, description="As the vectors have; they cannot be cut.")

    def texts(self) -> list[str]:
        """Return the texts.

        Raises:
            OpenAIError: they are none, too many, empty, or tokens.
        """
        given = [self.input] if isinstance(self.input, str) else self.input
        texts = [text for text in given if isinstance(text, str) and text.strip() and not _HALF.search(text)]
        if not 1 <= len(given) <= _MOST_INPUTS or len(texts) < len(given):
            raise OpenAIError(
                f"input must be a text, or 1 to {_MOST_INPUTS} texts of which none is empty. Tokens are not taken: "
                "with LangChain set check_embedding_ctx_length=False.",
                f"input 应是一段文字，或 1 到 {_MOST_INPUTS} 段非空的文字。不接受 token 编号："
                "用 LangChain 时请设置 check_embedding_ctx_length=False。",
                param="input",
            )
        return texts


_HALF = re.compile("[\ud800-\udfff]")
"""Half a surrogate pair, which JSON can carry, is no text."""


class UrlCitation(BaseModel):
    """A citation in a message: its mark, "[1]", is ``content[start_index:end_index]``; ``url`` opens its place."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A citation, under the name of its kind."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class AnswerMessage(BaseModel):
    """An answer, or a refusal: its sentences each with the number of its citation."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation] = []


class Choice(BaseModel):
    """The one choice there is."""

    index: int = 0
    message: AnswerMessage
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Usage(BaseModel):
    """Words that came and went: a Han character, a run of other letters or digits, a punctuation mark."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class ChatCompletion(BaseModel):
    """An answer in OpenAI's form; ``youju`` is the answer object of ``/api/ask``."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = CHAT_MODEL
    choices: list[Choice]
    usage: Usage
    youju: Answer


class Embedding(BaseModel):
    """A vector of unit length, as numbers or as little-endian float32 in base64."""

    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str


class EmbeddingUsage(BaseModel):
    """Words that came, counted as in a chat."""

    prompt_tokens: int
    total_tokens: int


class EmbeddingList(BaseModel):
    """Vectors in the order of the texts. ``model`` is the encoder's own name: another has other vectors."""

    object: Literal["list"] = "list"
    data: list[Embedding]
    model: str
    usage: EmbeddingUsage


class Model(BaseModel):
    """A model that can be asked for."""

    id: str
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "youju"


class ModelList(BaseModel):
    """All models."""

    object: Literal["list"] = "list"
    data: list[Model]
