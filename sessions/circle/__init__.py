"""One live meeting and everything said in it, from doors open to erased."""
