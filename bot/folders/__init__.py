"""Folders that stay in step with what is answered: walked, compared with what is stored, applied, watched."""
