"""What every file of a client is read with: no key that is not known, one text or several."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict


def listed(value: Any) -> Any:
    """One text where a list of texts is meant."""
    return [value] if isinstance(value, str) else value


def checked(reads: Callable[[Any], object], *, each: bool = False) -> AfterValidator:
    """Refuses what cannot be read, and leaves the rest as it was written.

    Args:
        reads: raises ValueError, whose words the manager sees.
        each: whether it reads one of several texts, and not all of them.
    """

    def check(value: Any) -> Any:
        for one in value if each else (value,):
            reads(one)
        return value

    return AfterValidator(check)


Texts = Annotated[tuple[str, ...], BeforeValidator(listed)]


class Strict(BaseModel):
    """A key that is not known is a mistake, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)
