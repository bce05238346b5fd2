"""The app, served. `python app.py`, or `flask --app app COMMAND`."""

if __name__ == "__main__":
    import os

    # Started without one of the three standard handles, a process gives that number to what it opens next. SQLite uses
    # none of the three: it would close the database at once, and with that let go of all locks we have on it.
    while (handle := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(handle)

    from gevent import monkey

    monkey.patch_all()

from facilitator import create_app

app = create_app()

if __name__ == "__main__":
    from facilitator.server import serve

    serve(app)
