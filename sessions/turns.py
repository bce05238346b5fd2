"""Commit by turn: all who write in one moment share one transaction, and wait for the disk once.

One thread takes the turns. It runs the rules of all who wait, each in a savepoint of its own, and gives the COMMIT
away; meanwhile the writers of the next turn gather. Under gevent that thread is a greenlet. It belongs to no request,
so nothing that ends a request ends a transaction half-way.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextvars import copy_context
from queue import Empty, SimpleQueue
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

R = TypeVar("R")
Rule = Callable[[Session], R]
Joining = Literal["create_savepoint", "rollback_only"]
Outside = Callable[[Callable[[], Any]], Any]
"""Runs something that waits for the disk, and returns its answer; under gevent everybody else goes on meanwhile."""

MOST_IN_A_TURN = 100
BREATH_SECONDS = 0.02
"""While a rule runs nobody else does. After so long, everybody else goes on before the turn's next rule."""
A_MOMENT_SECONDS = 0.0001
"""To sleep for no time at all is not enough: gevent then looks for what came over the network every fiftieth time."""


class Undone(Exception):
    """The database gave up a transaction in the middle of it, and the rules that had run in it with it."""


class Turns:
    """The writers of one database: `hand_in(rule)` puts a rule in line, and answers once what it did is durable."""

    def __init__(self, writer: Engine, alone: threading.Lock, outside: Outside) -> None:
        """Take turns on `writer`, each under the lock `alone`; COMMIT by way of `outside`."""
        self._writer, self._alone, self._outside = writer, alone, outside
        self._line: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._ended = False
        threading.Thread(target=self._take_turns, name="writer", daemon=True).start()

    def hand_in(self, rule: Rule[R]) -> "Future[R]":
        """Put a rule in line, and come back at once. Rules run in the order in which they were handed in.

        What is returned has the rule's answer, or what it raised, when the turn is over. If the turn as a whole fails,
        all of it raises that, and nothing of it is kept.
        """
        waiting = _Waiting(rule)
        self._line.put(waiting)
        return waiting.answered

    def end(self) -> None:
        """Take no more turns after those who are in line now."""
        self._line.put(None)

    def _take_turns(self) -> None:
        while not self._ended and (first := self._line.get()):
            turn: list[_Waiting] = []
            try:
                with self._alone, self._writer.connect() as connection:
                    connection.begin()
                    self._run(first, turn, connection)
                    self._outside(connection.commit)
            except BaseException as error:
                # Where not even the first one ran, the database was not to be had: nobody in line waits for it again.
                for one in turn or [first, *self._all_in_line()]:
                    one.answered.set_exception(error)
            else:
                for one in turn:
                    one.answer()
            # What a turn held (a member's words) is not kept until the next one comes.
            del turn, first

    def _run(self, first: "_Waiting", turn: "list[_Waiting]", connection: Connection) -> None:
        if self._line.empty():  # a turn of one needs no savepoint: what it raises takes back all there is
            turn.append(first)
            first.run(connection, "rollback_only")
            return
        now: _Waiting | None = first
        breath = time.monotonic() + BREATH_SECONDS
        while now:
            turn.append(now)
            now.run(connection, "create_savepoint")
            if time.monotonic() > breath:
                time.sleep(A_MOMENT_SECONDS)
                breath = time.monotonic() + BREATH_SECONDS
            now = self._next() if len(turn) < MOST_IN_A_TURN else None

    def _all_in_line(self) -> "Iterator[_Waiting]":
        while waiting := self._next():
            yield waiting

    def _next(self) -> "_Waiting | None":
        try:
            waiting = self._line.get_nowait()
        except Empty:
            return None
        self._ended = waiting is None
        return waiting


class _Waiting:
    """One who writes: the rule, the context it was handed in from, and what came of it."""

    def __init__(self, rule: Rule[Any]) -> None:
        self.answered: Future[Any] = Future()
        self._rule, self._context = rule, copy_context()
        self._said: Any = None
        self._raised: BaseException | None = None

    def run(self, connection: Connection, joining: Joining) -> None:
        """Run the rule: what it raises takes back what it did, in a savepoint of its own nobody else's.

        Raises Undone, or what the rule raised, when the transaction itself is gone.
        """
        try:
            with Session(connection, expire_on_commit=False, join_transaction_mode=joining) as db, db.begin():
                self._said = self._context.run(self._rule, db)
        except BaseException as error:
            self._raised = error
        # SQLite gives up the whole transaction when a disk is full. What came next would be committed by itself.
        if connection.invalidated or not _is_open(connection):
            raise self._raised or Undone

    def answer(self) -> None:
        """Tell what came of it, now that it is kept."""
        if self._raised:
            self.answered.set_exception(self._raised)
        else:
            self.answered.set_result(self._said)


def _is_open(connection: Connection) -> bool:
    return bool(getattr(connection.connection.dbapi_connection, "in_transaction", False))
