"""Every error that Footnote raises on purpose, and who can mend it.

    FootnoteError               one line: where, what, and what to do next; the terminal exits with 1
    ├── SettingsError           a setting has a value that cannot be used
    ├── SourceError             a file or folder given to `add` cannot be opened at all
    ├── LibraryError            the stored library
    │   ├── LibraryBusy         another process is writing to it
    │   ├── LibraryUnwritable   its folder cannot be created or written
    │   ├── LibraryTooNew       written by a newer Footnote
    │   ├── LibraryDamaged      a store is missing or unreadable
    │   ├── IndexMismatch       built with another encoder or splitter than this Footnote uses
    │   └── PaperNotFound       no paper has this id
    ├── EncoderError            the bundled model is missing or not the one that was tested
    ├── QuestionError           the question is empty or too long
    ├── ExtraMissing            an optional package is asked for and not installed
    ├── ModelError              a model server; an answer keeps what was checked or falls back to quotes, a search to words
    │   ├── ModelUnreachable    refused, no route, name unknown
    │   ├── ModelTimeout        no answer in time
    │   ├── ModelRejected       4xx: key, quota, name of the model
    │   ├── ModelFailed         5xx, or a reply that is not the protocol
    │   ├── ModelDeclined       it will not answer, or a filter withholds what it says
    │   └── ModelCut            the answer ended too soon: a broken stream, or its limit of tokens
    ├── ServerError             the browser page cannot be served
    └── RunError                a folder of the evaluation holds no run, another run, or a damaged one

The message is shown to people as it stands, so it is written for them. Entries that cannot be read
are not errors: they are `Skipped` values, counted and named.
"""


class FootnoteError(Exception):
    """The message will be shown to the user: where, what, and what to do next, in one line."""


class SettingsError(FootnoteError):
    """A setting has a value that cannot be used."""


class SourceError(FootnoteError):
    """A path given to `add` does not exist or cannot be opened."""


class LibraryError(FootnoteError):
    """The stored library cannot do what was asked."""


class LibraryBusy(LibraryError):
    """Another process holds the library's write lock."""


class LibraryUnwritable(LibraryError):
    """The library's folder cannot be created or written."""


class LibraryTooNew(LibraryError):
    """The catalogue has a schema that only a newer Footnote can read."""


class LibraryDamaged(LibraryError):
    """A store is missing or unreadable; the message names the repair."""


class IndexMismatch(LibraryError):
    """The index was built with another encoder or splitter than the settings ask for."""


class PaperNotFound(LibraryError):
    """No paper of the library has the given id."""


class EncoderError(FootnoteError):
    """The bundled model is missing, or its checksum is not that of the tested file."""


class ExtraMissing(FootnoteError):
    """An optional package is not installed; the message holds the command that installs it."""


class QuestionError(FootnoteError):
    """The question is empty or longer than the limit, or its criteria cannot be read."""


class ModelError(FootnoteError):
    """A model server did not give a usable answer; callers fall back: to quotes, words, another order."""


class ModelUnreachable(ModelError):
    """The connection was refused, or the host is unknown."""


class ModelTimeout(ModelError):
    """The server did not answer in time."""


class ModelRejected(ModelError):
    """The server refused the request: key, permission, quota, model name. `status` is HTTP's."""

    def __init__(self, message: str, *, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class ModelFailed(ModelError):
    """The server failed, or spoke something that is not the protocol."""


class ModelDeclined(ModelError):
    """The model refused to answer, or the server's content filter withheld the answer."""


class ModelCut(ModelError):
    """The stream ended before the answer did, or the answer reached its limit of tokens."""


class ServerError(FootnoteError):
    """The browser page cannot be served: the port is taken or not allowed."""


class RunError(FootnoteError):
    """A folder of the evaluation cannot be used; the message names it and says what to do."""
