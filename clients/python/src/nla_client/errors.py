"""What can go wrong."""

from __future__ import annotations


class NLAError(Exception):
    """The server refused a request or could not answer it.

    Attributes:
        status: HTTP status; 200 where a stream broke off with an error, 0 where no answer came at all.
        type: kind of the error, such as ``invalid_request`` or ``queue_full``.
        param: the parameter it is about, such as ``positions[3]``; None where it is about none.
    """

    def __init__(self, message: str, *, status: int = 0, type: str = "", param: str | None = None):
        super().__init__(f"{param}: {message}" if param else message)
        self.status = status
        self.type = type
        self.param = param

    @classmethod
    def of(cls, status: int, body: object) -> "NLAError":
        """The error that an answer's body tells of."""
        error = body.get("error") if isinstance(body, dict) else None
        if not isinstance(error, dict):
            return cls(f"the server answered with status {status} and without a reason", status=status)
        return cls(
            str(error.get("message", "")),
            status=status,
            type=str(error.get("type", "")),
            param=error.get("param"),
        )
