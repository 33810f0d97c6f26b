"""All settings in one object; they enter once, at ``Bot.open``."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings, each readable from the environment as ``YOUJU_<NAME>``; an empty one there is none."""

    # An empty path would be the folder that the program happens to be started in.
    model_config = SettingsConfigDict(env_prefix="YOUJU_", env_ignore_empty=True, frozen=True)

    home: Path = Field(default=Path("~/.youju"), description="Folder that holds everything the bot knows.")
    store: SecretStr | None = Field(
        default=None,
        description="Address of a PostgreSQL, postgresql://USER:PASSWORD@HOST/DATABASE, that holds everything in the "
        "place of the home folder, for [several servers](servers.md); the folder then holds the indexes alone.",
    )
    index: SecretStr | None = Field(
        default=None,
        description="Address of a [Milvus](scale.md#an-index-on-other-machines), "
        "milvus://USER:PASSWORD@HOST:19530/DATABASE, that is searched in the place of the indexes in the home folder.",
    )
    seeds: Path | None = Field(
        default=Path(__file__).parent.parent / "seeds", description="Documents that a new home starts with."
    )
    folders: str = Field(
        default="",
        description="[Folders kept in step](folders.md): PATH or NAME=PATH, parted by ':' (on Windows by ';').",
    )
    encoder: str = Field(default="builtin", description="'builtin', a folder, or the name of a model on the hub.")
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=7860, ge=0, le=65535, description="Port to listen on; 0 takes a free one.")
    password: SecretStr | None = Field(
        default=None, description="Asked from everybody; without one it is made and printed where it is needed."
    )
    conversation_days: int = Field(
        default=90, ge=1, le=3650, description="Days after a visitor's last visit until their conversations go."
    )
    max_conversations: int = Field(
        default=500, ge=1, description="Conversations kept of one visitor; a new one takes the place of the oldest."
    )
    passage_characters: int = Field(default=300, ge=50, description="A longer paragraph is cut at sentence ends.")
    reader: str = Field(
        default="builtin",
        description="What reads the best passages in context: 'builtin', 'off' (a question takes a tenth of the time, "
        "and more answers are wrong), or a folder with a model made by the recipe in [evaluation](evaluation.md).",
    )
    candidates: int = Field(default=48, ge=1, description="Passages that are reranked for a question.")
    max_file_megabytes: int = Field(
        default=50,
        ge=1,
        description="A larger file is refused, and whatever its size one of more than 600,000 lines or passages.",
    )
    max_question_characters: int = Field(default=2000, ge=10, description="A longer question is refused.")
    questions_at_work: int = Field(default=2, ge=1, description="Questions that are answered at the same time.")
    questions_waiting: int = Field(
        default=16, ge=0, description="Questions that wait for their turn; a further one is told to come again."
    )
    questions_a_minute: int = Field(
        default=120, ge=0,
        description="Questions a minute that one key, or one address without a key, may ask; 0 for no limit. There is "
        "none where only this machine comes in, without a password.",
    )  # fmt: skip
    llm: str = Field(
        default="",
        description="Server of a [model that writes](models.md), any that speaks as OpenAI's: its address, "
        "`http://127.0.0.1:11434/v1`. Without one nothing is written, unless the owner names one on the page.",
    )
    llm_model: str = Field(default="", description="The model's name there.")
    llm_key: SecretStr | None = Field(default=None, description="The key that the server asks for.")
    llm_key_file: Path | None = Field(
        default=None, description="A file whose first line is that key; without either, `llm-key` in the home."
    )
    llm_seconds: int = Field(
        default=120, ge=5, le=3600, description="Seconds after which writing an answer is stopped."
    )
    llm_tokens: int = Field(
        default=2000, ge=50, le=100_000, description="Tokens after which a request for writing is stopped."
    )
    log: Literal["off", "requests"] = Field(
        default="off", description="'requests' writes a line of JSON for each request to standard error."
    )
    threshold: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="Refuse under this confidence; where it is not given, under the trained one.",
    )

    @property
    def store_url(self) -> str:
        """The address of the database that holds everything; empty where that is the home folder."""
        return self.store.get_secret_value() if self.store else ""

    @property
    def index_url(self) -> str:
        """The address of the Milvus that is searched; empty where the home folder's indexes are."""
        return self.index.get_secret_value() if self.index else ""

    def named_folders(self) -> list[tuple[str | None, Path]]:
        """Return the folders to keep in step, absolute, each with its name where one is given."""
        found: list[tuple[str | None, Path]] = []
        for part in filter(None, map(str.strip, self.folders.split(os.pathsep))):
            name, equals, path = part.partition("=")
            named = equals and "/" not in name
            found.append((name if named else None, Path(path if named else part).expanduser().resolve()))
        return found
