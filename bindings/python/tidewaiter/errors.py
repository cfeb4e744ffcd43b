# SPDX-License-Identifier: Apache-2.0
"""What can go wrong, by kind. Every exception of this package is a TidewaiterError.

>>> import tidewaiter
>>> try:
...     tidewaiter.duty(hts="6109.10.00.12", origin="CN", on="2025-05-32", value="54")
... except tidewaiter.Refused as refused:
...     print(refused.reason, refused.column)
bad-date entered
"""
from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .answers import Finding

__all__ = ["TidewaiterError", "ArgumentError", "InputError", "FileError", "RulebookError",
           "LawError", "NotFound", "Unsupported", "Refused"]


class TidewaiterError(Exception):
    """An error of this package.

    `message` says what is wrong and what would be right. `file`, `line` and `position` are where:
    a file's name, its line, the place in the line; empty and None where there is none.
    """

    def __init__(self, message: str, *, file: str = "", line: int | None = None,
                 position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line
        self.position = position

    def __str__(self) -> str:
        place = ":".join([self.file, *(str(at) for at in (self.line, self.position) if at)])
        return f"{place}: {self.message}" if place else self.message


class ArgumentError(TidewaiterError, ValueError):
    """An argument is not what it should be."""


class InputError(TidewaiterError, ValueError):
    """Data that cannot be read: a column of the wrong type, a broken batch.

    `column` is the name of the column, `row` its number in the data, counted from 1; None where
    the fault is of no one column or row. A row that is readable and makes no sense is no error:
    its finding is refused.
    """

    def __init__(self, message: str, *, column: str | None = None, row: int | None = None) -> None:
        super().__init__(message)
        self.column = column
        self.row = row


class FileError(TidewaiterError, OSError):
    """A file that cannot be read or written."""

    def __str__(self) -> str:
        return TidewaiterError.__str__(self)


class RulebookError(TidewaiterError):
    """A rulebook that is damaged, or of another version."""


class LawError(TidewaiterError):
    """A text of law with an error, at its place."""


class NotFound(TidewaiterError, LookupError):
    """What was named is not there."""


class Unsupported(TidewaiterError, NotImplementedError):
    """Not in this build, or without a package that is not installed."""


class Refused(TidewaiterError, ValueError):
    """A line that cannot be answered.

    `reason` is the kind (bad-value, unknown-code, out-of-coverage), `column` the column that it
    concerns or None, `message` says what would be right, `finding` is the whole answer.
    """

    def __init__(self, finding: Finding) -> None:
        refusal = finding.refusal
        assert refusal is not None
        super().__init__(refusal.text)
        self.reason = refusal.reason
        self.column = refusal.column
        self.finding = finding


def _of_library(code: int, message: str, file: str, line: int, position: int) -> BaseException:
    """The exception of an error of the library; called from there."""
    if code == -1:
        return MemoryError(message)
    kinds: dict[int, type[TidewaiterError]] = {
        -2: FileError, -3: RulebookError, -4: ArgumentError, -5: LawError, -6: NotFound,
        -7: Unsupported}
    kind = kinds.get(code, TidewaiterError)
    if code == -4 and re.search(r'\bcolumn\b', message):
        return _of_input(message)
    return kind(message, file=file, line=line or None, position=position or None)


def _of_input(message: str) -> InputError:
    column = re.search(r'column "([^"]*)"|(?<!no )column (\w+)', message)
    row = re.search(r"\brow (\d+)", message)
    return InputError(message, column=(column[1] or column[2]) if column else None,
                      row=int(row[1]) if row else None)


def _of_stream(code: int, text: str) -> BaseException:
    """The exception of a stream that gave an errno; called from the library."""
    if code == errno.ENOMEM:
        return MemoryError(text or "out of memory")
    if code == errno.EIO and not re.search(r"\brow \d+", text):
        return FileError(text or "input or output failed")
    return _of_input(text or f"the stream failed with errno {code}")
