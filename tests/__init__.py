"""Tests. `rules` need no web, `web` no server, `live` a real server, `browser` a real browser."""
