"""The processes of one house tell each other what happened, through Redis: which circle, never what was said in it.

Whoever hears of a change tells those who listen to it that there is a new version: they read their own pages, where
the words are. So no word of a member ever goes through Redis, and a message that is lost costs seconds and no more: a
process that could not hear for a while lets all its sockets go, and each is let in again by its own cookie.
"""

import json
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from facilitator.logs import log_kind, or_log

CHANNEL = "open-circle"
ANSWERS_WITHIN_SECONDS = 0.5
HEARS_WITHIN_SECONDS = 10.0
TRY_AGAIN_SECONDS = 1.0

PLACE = "the other processes"
"""Where something breaks, for the log."""

Heard = Callable[..., None]
Within = Callable[[], AbstractContextManager[object]]


class Processes:
    """The other processes of this house; none of them, until `init` says where they meet."""

    def __init__(self) -> None:
        self.me = secrets.token_hex(8)
        self._redis: Any = None
        self._failed: tuple[type[Exception], ...] = ()
        self._hooks: dict[str, Heard] = {}

    @property
    def several(self) -> bool:
        """Whether there may be others."""
        return self._redis is not None

    def init(self, url: str) -> None:
        """Meet at this Redis; with '', be alone. Needs the client of the `scale` extra; raises ImportError."""
        if not url:
            self._redis = None
            return
        from redis import Redis, RedisError
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._redis = Redis.from_url(
            url,
            socket_timeout=ANSWERS_WITHIN_SECONDS,
            socket_connect_timeout=ANSWERS_WITHIN_SECONDS,
            retry=Retry(NoBackoff(), 1),  # once, for a connection that a restart has cut
        )
        self._failed = (RedisError,)

    def on(self, what: str) -> Callable[[Heard], Heard]:
        """Call the function below when another process tells of `what`, with what it names."""

        def hook(function: Heard) -> Heard:
            self._hooks[what] = function
            return function

        return hook

    def tell(self, what: str, **named: Any) -> None:
        """Tell the others. Whether they hear is not known: nothing may hang on it, and no error comes out."""
        if not self.several:
            return
        try:
            self._redis.publish(CHANNEL, json.dumps({"from": self.me, "what": what, "named": named}))
        except self._failed as error:
            log_kind(type(error), error.__traceback__, PLACE)

    def listen(self, sleep: Callable[[float], object], missed: Callable[[], None], within: Within) -> None:
        """Hear the others for as long as this process lives, each message `within` a context of its own. `missed` is
        called whenever some may not have been heard.

        An error is logged by its kind; the next message is heard all the same.
        """
        first = True
        while self.several:
            try:
                with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    heard.subscribe(CHANNEL)
                    heard.ping()
                    if not first:
                        missed()
                    first = False
                    while True:
                        message = heard.get_message(timeout=HEARS_WITHIN_SECONDS)
                        if message and message["type"] == "message":
                            with within():
                                or_log(PLACE, self._hear, message["data"])
                        elif message is None:
                            heard.ping()  # a line that was cut without a word is noticed by asking
            except self._failed as error:
                log_kind(type(error), error.__traceback__, PLACE)
                sleep(TRY_AGAIN_SECONDS)

    def _hear(self, data: bytes) -> None:
        told = json.loads(data)
        if told["from"] != self.me:
            self._hooks[told["what"]](**told["named"])
