"""Run as a program: a note's whole way as the manuals have it. Flask-WTF, Flask-Babel, the ORM, `socketio.emit`.

The commit is made in the greenlet that answers, and nothing is shared between the readers of one language.
"""

from gevent import monkey

monkey.patch_all()

import hashlib  # noqa: E402 - patched first
import hmac  # noqa: E402
import os  # noqa: E402
import secrets  # noqa: E402
import threading  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: E402
from flask import Flask, abort, render_template, request  # noqa: E402
from flask_babel import Babel, force_locale  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402
from flask_wtf import FlaskForm  # noqa: E402
from flask_wtf.csrf import CSRFProtect, generate_csrf  # noqa: E402
from sqlalchemy import create_engine, event  # noqa: E402
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column  # noqa: E402
from wtforms import StringField  # noqa: E402
from wtforms.validators import InputRequired, Length, Regexp  # noqa: E402

from tests.load.peers.bare import serve  # noqa: E402

ROOT = Path(__file__).parents[3]
AUDIENCES = [(role, language) for role in ("member", "leader") for language in ("en", "es")]

app = Flask(__name__, template_folder=str(Path(__file__).parent))
app.config["SECRET_KEY"] = os.environ["SECRET"]
app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "facilitator/translations")
Babel(app, locale_selector=lambda: request.accept_languages.best_match(["en", "es"]))
CSRFProtect(app)
io = SocketIO(app, async_mode="gevent")
engine = create_engine(f"sqlite:///{os.environ['DATABASE']}")
one_at_a_time = threading.Lock()


@event.listens_for(engine, "connect")
def prepare(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=wal", "synchronous=full", "secure_delete=on"):
        connection.execute(f"PRAGMA {pragma}")


class Base(DeclarativeBase):
    pass


class Circle(Base):
    __tablename__ = "circles"
    id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]


class Seat(Base):
    __tablename__ = "seats"
    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    circle_id: Mapped[str]
    role: Mapped[str]
    language: Mapped[str]


class Share(Base):
    __tablename__ = "shares"
    id: Mapped[str] = mapped_column(primary_key=True)
    circle_id: Mapped[str]
    sealed: Mapped[bytes]


class Receipt(Base):
    __tablename__ = "receipts"
    receipt: Mapped[str] = mapped_column(primary_key=True)
    circle_id: Mapped[str]


class Note(FlaskForm):
    text = StringField(validators=[InputRequired(), Length(max=1000)])
    key = StringField(validators=[Regexp(r"[0-9a-f-]{36}\Z")])


@app.get("/healthz")
def healthy() -> dict[str, bool]:
    return {"ok": True}


@app.get("/here")
def here() -> str:
    return f'<main data-csrf="{generate_csrf()}"></main>'


@app.post("/here/notes")
def note() -> dict[str, bool]:
    form = Note()
    if not form.validate_on_submit():
        abort(422)
    text, share_id, token = str(form.text.data), secrets.token_hex(10), request.cookies["circle"]
    proof = hmac.digest(os.environ["SECRET"].encode(), f"{token} {form.key.data}".encode(), "sha256").hex()
    with one_at_a_time, Session(engine) as db:
        seat = seat_of(db)
        if db.get(Receipt, proof):
            return {"ok": True}
        circle = db.get_one(Circle, seat.circle_id)
        circle.version += 1
        db.add(Share(id=share_id, circle_id=circle.id, sealed=seal(circle.id, share_id, text)))
        db.add(Receipt(receipt=proof, circle_id=circle.id))
        circle_id, version = circle.id, circle.version
        db.commit()
        for role, language in AUDIENCES:
            with force_locale(language):
                item = render_template(
                    "share.html", id=share_id, circle_id=circle_id, text=text, leads=role == "leader"
                )
            io.emit("stream", {"v": version, "ops": [["append", "notes", item]]}, to=f"{circle_id} {role} {language}")
    return {"ok": True}


@io.on("connect")
def connect() -> None:
    with Session(engine) as db:
        seat = seat_of(db)
        join_room(f"{seat.circle_id} {seat.role} {seat.language}")
        emit("beat", {"v": db.get_one(Circle, seat.circle_id).version, "here": 1})


def seat_of(db: Session) -> Seat:
    return db.get(Seat, hashlib.sha256(request.cookies["circle"].encode()).digest()) or abort(404)


def seal(circle_id: str, share_id: str, text: str) -> bytes:
    key, nonce, said = (Path(os.environ["KEYS_DIR"]) / f"{circle_id}.key").read_bytes(), os.urandom(12), text.encode()
    padded = (said + b"\x80").ljust(256 * (1 + len(said) // 256), b"\0")
    return nonce + AESGCM(key).encrypt(nonce, padded, f"{circle_id} note {share_id}".encode())


if __name__ == "__main__":
    serve(app)
