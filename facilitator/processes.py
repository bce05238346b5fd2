"""The processes of one house tell each other what happened, through Redis: which circle, never what was said in it.

Whoever hears of a change tells those who listen to it that there is a new version: they read their own pages, where
the words are. So no word of a member ever goes through Redis, and a message that is lost costs seconds and no more: a
process that could not hear for a while lets all its sockets go, and each is let in again by its own cookie.
"""

import json
import secrets
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from facilitator.logs import log_kind, or_log

CHANNEL = "open-circle"
ANSWERS_WITHIN_SECONDS = 0.5
HEARS_WITHIN_SECONDS = 10.0
TRY_AGAIN_SECONDS = 1.0
MOST_IN_LINE = 10_000

TOLD_LATE = frozenset({"cut", "cut-hand", "gone"})
"""What is said again until Redis takes it: who may not hear any more. The beat tells the rest within ten seconds."""

PLACE = "the other processes"
"""Where something breaks, for the log."""

Heard = Callable[..., None]
Within = Callable[[], AbstractContextManager[object]]


class _Message(NamedTuple):
    """Something to tell, and what it is about."""

    what: str
    packed: str


class Processes:
    """The other processes of this house; none of them, until `init` says where they meet."""

    def __init__(self) -> None:
        self.me = secrets.token_hex(8)
        self._redis: Any = None
        self._line: SimpleQueue[_Message | None] = SimpleQueue()
        self._failed: tuple[type[Exception], ...] = ()
        self._hooks: dict[str, Heard] = {}

    @property
    def several(self) -> bool:
        """Whether there may be others."""
        return self._redis is not None

    def init(self, url: str) -> None:
        """Meet at this Redis; with '', be alone. Needs the client of the `scale` extra; raises ImportError."""
        if self.several:
            self._line.put(None)
            self._redis = None
        if not url:
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
        self._failed, self._line = (RedisError,), SimpleQueue()
        threading.Thread(target=self._speak, args=(self._redis, self._line), name="teller", daemon=True).start()

    def on(self, what: str) -> Callable[[Heard], Heard]:
        """Call the function below when another process tells of `what`, with what it names."""

        def hook(function: Heard) -> Heard:
            self._hooks[what] = function
            return function

        return hook

    def tell(self, what: str, **named: Any) -> None:
        """Tell the others, in a moment: nobody waits here for a Redis that does not answer. Whether they hear is not
        known: nothing may hang on it, and no error comes out.
        """
        if self.several and self._line.qsize() < MOST_IN_LINE:
            self._line.put(_Message(what, json.dumps({"from": self.me, "what": what, "named": named})))

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

    def _speak(self, redis: Any, line: "SimpleQueue[_Message | None]") -> None:
        """Say what is in the line, one after the other, until a None comes. An outage is logged once."""
        waiting: deque[_Message | None] = deque(maxlen=MOST_IN_LINE)
        is_away = False
        while message := waiting[0] if waiting else line.get():
            waiting = waiting or deque([message], MOST_IN_LINE)
            try:
                redis.publish(CHANNEL, message.packed)
                waiting.popleft()
                is_away = False
            except Exception as error:  # whatever it was: with no teller the others would never be told again
                if not is_away:
                    log_kind(type(error), error.__traceback__, PLACE)
                is_away = True
                time.sleep(TRY_AGAIN_SECONDS)
                waiting.extend(_all_in(line))
                waiting = deque((one for one in waiting if one is None or one.what in TOLD_LATE), MOST_IN_LINE)

    def _hear(self, data: bytes) -> None:
        told = json.loads(data)
        if told["from"] != self.me:
            self._hooks[told["what"]](**told["named"])


def _all_in(line: "SimpleQueue[_Message | None]") -> "Iterator[_Message | None]":
    with suppress(Empty):
        while True:
            yield line.get_nowait()
