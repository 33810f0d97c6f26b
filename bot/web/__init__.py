"""HTTP: the API, who may call it, the server, the share link."""
