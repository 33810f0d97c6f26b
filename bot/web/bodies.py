"""What the bodies of several requests and responses of the HTTP API have in common."""

import json
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator


class Body(BaseModel):
    """A request's body: text only, and no field that is not known."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _is_text(cls, data: Any) -> Any:
        """Refuse half a surrogate pair, which JSON can carry and no answer could repeat, and endless nesting."""
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except RecursionError:
            raise ValueError("nested too deeply") from None
        return data


class Failure(BaseModel):
    """Why a request was refused, and what to do."""

    error: str
