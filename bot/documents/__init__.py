"""From a file's bytes to a ``Document`` with its outline."""
