"""The pages and what is posted to them: a real app on folders of its own, asked without a server."""
