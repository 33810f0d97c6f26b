"""How the evidence model was made; nothing else imports this package."""
