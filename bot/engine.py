"""The façade: everything that the surfaces (web chat, HTTP, command line) call."""
