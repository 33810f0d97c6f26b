"""How the built-in encoder was made; nothing else imports this package."""
