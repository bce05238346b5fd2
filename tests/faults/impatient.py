"""Run as a program: the server we ship, but nobody is kept waiting for a wrong code or passphrase.

For tests that send more wrong ones than anybody would wait for.
"""

from gevent import monkey

monkey.patch_all()

from facilitator import create_app, server  # noqa: E402 - patched first, as in app.py
from facilitator.patience import Patience  # noqa: E402

Patience._wait = lambda _self, seconds: seconds  # type: ignore[method-assign]
server.serve(create_app())
