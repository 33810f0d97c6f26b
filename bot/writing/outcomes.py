"""How a writing can end, each with the line that says what happened and what to do."""

from bot.types import Language, Outcome

_KEPT = (" What was written until then stays.", "此前写出的部分保留。")
_LINES: dict[Outcome, tuple[str, str]] = {
    "nothing": (
        "{model} wrote nothing. The quotes stand; ask again, or choose another model.",
        "{model} 什么也没写。引文照旧；可以再试一次，或换一个模型。",
    ),
    "stopped": ("Stopped.", "已停止。"),
    "slow": (
        "{host} took longer than {seconds} s.  A smaller model is faster; YOUJU_LLM_SECONDS gives more time.",
        "{host} 用时超过 {seconds} 秒。换小一些的模型会更快；YOUJU_LLM_SECONDS 可以放宽时限。",
    ),
    "too_long": (
        "{model} wrote more than {tokens} tokens.  YOUJU_LLM_TOKENS allows more.",
        "{model} 写的超过 {tokens} 个 token。YOUJU_LLM_TOKENS 可以放宽。",
    ),
    "broken": (
        "The connection to {host} broke off.  Ask again; if it stays so, see that server's log.",
        "与 {host} 的连接中断了。请再试一次；若一直如此，请看那个服务的日志。",
    ),
    "garbage": (
        "{host} does not answer as OpenAI's protocol has it: check the address, which mostly ends in /v1.",
        "{host} 的回应不符合 OpenAI 的协议：请检查地址，通常以 /v1 结尾。",
    ),
    "unreachable": (
        "{host} cannot be reached: start the model's server, or check the address.",
        "连不上 {host}：请启动模型服务，或检查地址。",
    ),
    "key": (
        "{host} does not take the key: put the right one into YOUJU_LLM_KEY, or into the file llm-key of the home.",
        "{host} 不接受这个密钥：请把正确的密钥放进 YOUJU_LLM_KEY，或数据文件夹里的 llm-key 文件。",
    ),
    "no_model": (
        "{host} has no model {model!r} at this address: check its name, and the address, which mostly ends in /v1.",
        "{host} 在这个地址上没有模型“{model}”：请检查模型名称和地址（通常以 /v1 结尾）。",
    ),
    "busy": (
        "{host} has too much to do just now: ask again in a while.",
        "{host} 现在太忙：请过一会儿再试。",
    ),
    "failed": (
        "{host} answered with an error: ask again; if it stays so, see that server's log.",
        "{host} 返回了错误：请再试一次；若一直如此，请看那个服务的日志。",
    ),
}  # fmt: skip
"""English, Chinese."""


def line_of(
    outcome: Outcome, language: Language, *, host: str, model: str, seconds: int, tokens: int, kept: bool = False
) -> str:  # fmt: skip
    """Return the line for an outcome; "" while it goes on, and where it is whole. ``kept``: something was written."""
    lines = _LINES.get(outcome)
    if lines is None:
        return ""
    line = lines[language == "zh"].format(host=host, model=model, seconds=seconds, tokens=tokens)
    return line + _KEPT[language == "zh"] if kept and outcome not in ("nothing", "busy") else line
