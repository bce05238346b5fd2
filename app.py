"""The app, served. `python app.py`, or `flask --app app COMMAND`."""

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

from facilitator import create_app

app = create_app()

if __name__ == "__main__":
    from facilitator.server import serve

    serve(app)
