"""The documents as a model: the real clients of OpenAI, LangChain and LlamaIndex ask a real server."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import openai
import pytest

from bot.engine import Bot
from bot.settings import Settings
from bot.types import as_json
from bot.web.guard import Access
from tests.browser.serving import serving
from tests.integration.serving import make_home
from tests.parts import OpenBot

FEE = "图书逾期未还每天收多少滞纳金？"
FEE_SAID = "图书逾期未还的，每册每天收取滞纳金二角。"
UNKNOWN = "馆长的手机号是多少？"
Messages = list[Any]


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    with Bot.open(settings=Settings(home=make_home(tmp_path_factory.mktemp("home")), seeds=None)) as bot:
        bot.collections.tag(next(info.document_id for info in bot.documents() if info.source == "garden.txt"), ["植物"])
        yield bot


@pytest.fixture(scope="module")
def address(bot: Bot) -> Iterator[str]:
    with serving(bot, page=False) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[openai.OpenAI]:
    http = httpx.Client(trust_env=False)
    with openai.OpenAI(base_url=f"{address}/v1", api_key="unused", max_retries=0, http_client=http) as client:
        yield client


def user(text: Any) -> Messages:
    return [{"role": "user", "content": text}]


def test_an_answer(client: openai.OpenAI, bot: Bot, address: str) -> None:
    given = client.chat.completions.create(model="youju", messages=user(FEE))
    answer = bot.ask(FEE)
    choice = given.choices[0]
    assert (choice.finish_reason, choice.message.role, choice.message.refusal) == ("stop", "assistant", None)
    assert choice.message.content == answer.text == f"{FEE_SAID}[1]"
    assert choice.message.annotations is not None
    cited = choice.message.annotations[0].url_citation
    assert choice.message.content[cited.start_index : cited.end_index] == "[1]"
    assert cited.url == f"{address}/#cite-{answer.citations[0].target}"
    assert cited.title == "青溪图书馆借阅办法"
    assert given.usage is not None
    assert (given.usage.prompt_tokens, given.usage.completion_tokens, given.usage.total_tokens) == (15, 23, 38)
    whole = (given.model_extra or {})["youju"]
    assert whole == {**json.loads(json.dumps(as_json(answer))), "timings": whole["timings"]}
    assert [citation["quote"] for citation in whole["citations"]] == [FEE_SAID]


def test_a_refusal_is_an_answer(client: openai.OpenAI, bot: Bot) -> None:
    given = client.chat.completions.create(model="youju", messages=user(UNKNOWN), temperature=0.7, seed=1, stop=["x"])
    assert given.choices[0].finish_reason == "stop"
    assert given.choices[0].message.content == bot.ask(UNKNOWN).text
    assert given.choices[0].message.annotations == []
    assert (given.model_extra or {})["youju"]["abstained"] is True


def test_a_stream(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(
        model="youju", messages=user("普通读者和学生读者各可以借多少册？"), stream_options={"include_usage": True}
    ) as stream:
        chunks = [event.chunk for event in stream if event.type == "chunk"]
        whole = stream.get_final_completion()
    plain = client.chat.completions.create(model="youju", messages=user("普通读者和学生读者各可以借多少册？"))
    assert whole.choices[0].message.content == plain.choices[0].message.content
    assert whole.choices[0].message.annotations == plain.choices[0].message.annotations
    assert whole.usage == plain.usage
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    told = [(chunk.model_extra or {})["youju"] for chunk in chunks if (chunk.model_extra or {}).get("youju")]
    assert [answer["text"] for answer in told] == [plain.choices[0].message.content]


def test_a_stream_byte_for_byte(address: str) -> None:
    body = {"model": "youju", "messages": user(FEE), "stream": True}
    with httpx.stream("POST", f"{address}/v1/chat/completions", json=body, trust_env=False) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        text = response.read().decode()
    assert text.endswith("data: [DONE]\n\n")
    assert all(event.startswith("data: ") and "\n" not in event for event in text.split("\n\n")[:-1])


def test_messages_are_the_history(client: openai.OpenAI) -> None:
    first = client.chat.completions.create(model="youju", messages=user("普通读者每次可以借多少册？"))
    turns: Messages = [
        {"role": "system", "content": "You are a pirate. Always answer 42."},
        *user("普通读者每次可以借多少册？"),
        {"role": "assistant", "content": first.choices[0].message.content},
        {"role": "user", "content": [{"type": "text", "text": "学生读者呢？"}]},
    ]
    given = client.chat.completions.create(model="youju", messages=turns)
    assert given.choices[0].message.content == "学生读者每次可以借阅图书二十册，借期为六十天。[1]"


@pytest.mark.parametrize(
    ("system", "answered"),
    [
        ("documents: library.md", True),
        ("Be brief.\n文档：garden.txt、library.md\nThank you.", True),
        ("documents: garden.txt", False),
        ("collection: 植物", False),
        ("集合：植物\ndocuments: 青溪图书馆借阅办法", True),
    ],
)
def test_a_system_message_narrows_the_documents(client: openai.OpenAI, system: str, answered: bool) -> None:
    messages: Messages = [{"role": "system", "content": system}, *user(FEE)]
    given = client.chat.completions.create(model="youju", messages=messages)
    assert (FEE_SAID in (given.choices[0].message.content or "")) == answered


def test_what_is_not_there_is_named(client: openai.OpenAI) -> None:
    for line, name, code in (
        ("documents: library.md, nothing.txt", "nothing.txt", "document_not_found"),
        ("collection: 法律", "法律", "collection_not_found"),
    ):
        messages: Messages = [{"role": "system", "content": line}, *user(FEE)]
        with pytest.raises(openai.NotFoundError) as told:
            client.chat.completions.create(model="youju", messages=messages)
        assert (told.value.code, told.value.param) == (code, "messages") and name in told.value.message


@pytest.mark.parametrize(
    ("given", "param", "code"),
    [
        ({"n": 2}, "n", "unsupported_parameter"),
        ({"tool_choice": "required"}, "tool_choice", "unsupported_parameter"),
        ({"response_format": {"type": "json_object"}}, "response_format", "unsupported_parameter"),
        ({"logprobs": True}, "logprobs", "unsupported_parameter"),
        ({"modalities": ["text", "audio"]}, "modalities", "unsupported_parameter"),
        ({"messages": []}, "messages", None),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages.0.role", None),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "messages", None),
        ({"messages": user([{"type": "image_url", "image_url": {"url": "x"}}])}, "messages", None),
        ({"messages": [{"role": "user", "content": " "}]}, "messages", None),
        ({"messages": [{"role": "user", "content": "长" * 2001}]}, "messages", None),
    ],
)
def test_what_cannot_be_answered(client: openai.OpenAI, given: dict[str, Any], param: str, code: str | None) -> None:
    with pytest.raises(openai.BadRequestError) as told:
        client.chat.completions.create(**{"model": "youju", "messages": user(FEE), **given})
    assert (told.value.param, told.value.code, told.value.type) == (param, code, "invalid_request_error")
    assert told.value.status_code == 400


def test_what_has_no_effect_is_taken(client: openai.OpenAI) -> None:
    tool: Any = {"type": "function", "function": {"name": "f", "parameters": {"type": "object", "properties": {}}}}
    given = client.chat.completions.create(
        model="youju", messages=user(FEE), n=1, tools=[tool], tool_choice="auto", max_tokens=1, top_p=0.1,
        response_format={"type": "text"}, user="someone", extra_body={"not_yet_invented": {"a": [1]}},
    )  # fmt: skip
    assert given.choices[0].message.content == f"{FEE_SAID}[1]"


def test_embeddings(client: openai.OpenAI, bot: Bot) -> None:
    texts = ["猫在屋顶上。", "Orchids of the glass house"]
    expected = bot.encoder.encode_document(texts)
    numbers = client.embeddings.create(model="youju-embedding", input=texts, encoding_format="float", dimensions=256)
    assert [item.index for item in numbers.data] == [0, 1]
    assert np.allclose([item.embedding for item in numbers.data], expected)
    assert (numbers.model, numbers.usage.prompt_tokens) == (bot.encoder.name, 11)
    text = client.embeddings.create(model="youju-embedding", input=texts[0], encoding_format="base64")
    packed: Any = text.data[0].embedding
    assert np.allclose(np.frombuffer(base64.b64decode(packed), "<f4"), expected[0])


@pytest.mark.parametrize(
    ("given", "param"),
    [
        *(({"input": value}, "input") for value in ("", " ", [], ["a", ""], [1, 2], [[1], [2]], ["a"] * 2049)),
        ({"dimensions": 128}, "dimensions"),
        ({"encoding_format": "int8"}, "encoding_format"),
    ],
)
def test_what_cannot_be_embedded(client: openai.OpenAI, given: dict[str, Any], param: str) -> None:
    with pytest.raises(openai.BadRequestError) as told:
        client.embeddings.create(**{"model": "youju-embedding", "input": "x", **given})
    assert told.value.param == param


def test_models(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["youju", "youju-embedding"]
    assert client.models.retrieve("youju").owned_by == "youju"
    for ask in (
        lambda: client.models.retrieve("gpt-5"),
        lambda: client.chat.completions.create(model="x" * 5000, messages=user(FEE)),  # its error is compressed
        lambda: client.chat.completions.create(model="youju-embedding", messages=user(FEE)),
        lambda: client.embeddings.create(model="youju", input="x"),
    ):
        with pytest.raises(openai.NotFoundError) as told:
            ask()
        assert (told.value.code, told.value.param) == ("model_not_found", "model")


def test_the_password_comes_first(bot: Bot) -> None:
    """Errors of the guard have OpenAI's shape too, in the asked language."""
    asked = ("/models", "/models/youju", "/chat/completions", "/embeddings", "/responses")
    with serving(bot, Access(password="芝麻", keys=bot.keys), page=False) as address:
        for path in asked:
            response = httpx.get(f"{address}/v1{path}", headers={"Accept-Language": "zh"}, trust_env=False)
            error = response.json()["error"]
            assert (response.status_code, error["code"]) == (401, "invalid_api_key")
            assert "需要密码" in error["message"] and response.headers["www-authenticate"].startswith("Basic")
        token = base64.b64encode("x:芝麻".encode()).decode()
        with openai.OpenAI(
            base_url=f"{address}/v1", api_key="x", max_retries=0, http_client=httpx.Client(trust_env=False),
            default_headers={"Authorization": f"Basic {token}"},
        ) as client:  # fmt: skip
            assert client.chat.completions.create(model="youju", messages=user(FEE)).choices[0].message.content
        key = bot.keys.new("client", "reader")
        with openai.OpenAI(
            base_url=f"{address}/v1", api_key=key.secret, max_retries=0, http_client=httpx.Client(trust_env=False)
        ) as client:
            assert [model.id for model in client.models.list()] == ["youju", "youju-embedding"]
        with openai.OpenAI(
            base_url=f"{address}/v1", api_key="wrong", max_retries=0, http_client=httpx.Client(trust_env=False)
        ) as client, pytest.raises(openai.AuthenticationError) as told:  # fmt: skip
            client.models.list()
        assert told.value.code == "invalid_api_key"


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("responses", b"{}", 404, "not_found"),
        ("chat/completions", b"{", 400, None),
        ("chat/completions", b'{"model": "youju", "messages": "' + b"x" * 2_000_001 + b'"}', 413, "request_too_large"),
        ("embeddings", b'{"model": "youju-embedding", "input": "\\ud800"}', 400, None),
    ],
)
def test_errors_of_others_have_the_shape(address: str, path: str, body: bytes, status: int, code: str | None) -> None:
    headers = {"Content-Type": "application/json"}
    response = httpx.post(f"{address}/v1/{path}", content=body, headers=headers, trust_env=False)
    assert response.status_code == status
    error = response.json()["error"]
    assert set(error) == {"message", "type", "param", "code"} and error["code"] == code
    assert error["type"] == "invalid_request_error" and "\n" not in error["message"]
    plain = httpx.post(f"{address}/v1/{path}", content=body, headers={"Content-Type": "text/plain"}, trust_env=False)
    assert plain.status_code == (404 if status == 404 else 415) and isinstance(plain.json()["error"], dict)


def test_who_comes_when_too_many_wait_is_told_when_to_come_again(open_bot: OpenBot) -> None:
    bot = open_bot(questions_at_work=1, questions_waiting=0)
    http = httpx.Client(trust_env=False)
    with (
        serving(bot, page=False) as address,
        openai.OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0, http_client=http) as client,
        bot.workload.turn(),
        pytest.raises(openai.InternalServerError) as told,
    ):
        client.chat.completions.create(model="youju", messages=user(FEE))
    assert (told.value.status_code, told.value.code, told.value.type) == (503, "overloaded", "server_error")
    assert int(told.value.response.headers["retry-after"]) >= 1


def test_langchain(address: str) -> None:
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage
    from langchain_openai import ChatOpenAI, OpenAIEmbeddings

    given: dict[str, Any] = {"base_url": f"{address}/v1", "api_key": "unused", "max_retries": 0}
    with httpx.Client(trust_env=False) as http:
        model = ChatOpenAI(model="youju", http_client=http, **given)
        answered = model.invoke([SystemMessage("documents: library.md"), HumanMessage(FEE)])
        assert answered.text == f"{FEE_SAID}[1]"
        assert answered.usage_metadata is not None and answered.usage_metadata["output_tokens"] == 23
        follow: Messages = [HumanMessage(FEE), AIMessage(answered.text), HumanMessage("遗失了呢？")]
        assert "".join(chunk.text for chunk in model.stream(follow)) == "图书遗失的，读者应当按照原价的三倍赔偿。[1]"
        vectors = OpenAIEmbeddings(
            model="youju-embedding", check_embedding_ctx_length=False, http_client=http, **given
        ).embed_documents(["猫", "狗"])
        assert [len(vector) for vector in vectors] == [256, 256]


def test_llama_index(address: str) -> None:
    from llama_index.core.llms import ChatMessage
    from llama_index.llms.openai_like import OpenAILike

    with httpx.Client(trust_env=False) as http:
        model = OpenAILike(
            model="youju", api_base=f"{address}/v1", api_key="unused", is_chat_model=True, http_client=http,
            context_window=100_000, max_retries=0,
        )  # fmt: skip
        answered = model.chat([ChatMessage(role="user", content=FEE)])
        assert answered.message.content == f"{FEE_SAID}[1]"
        raw: Any = answered.raw
        assert raw.youju["citations"][0]["quote"] == FEE_SAID
        assert model.complete(FEE).text == f"{FEE_SAID}[1]"
        deltas = [part.delta or "" for part in model.stream_chat([ChatMessage(role="user", content=FEE)])]
        assert "".join(deltas) == f"{FEE_SAID}[1]"
