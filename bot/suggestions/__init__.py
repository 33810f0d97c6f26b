"""Questions that these documents answer."""
