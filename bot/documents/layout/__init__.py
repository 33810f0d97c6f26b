"""From what stands on pages (of a PDF, of a scan) to paragraphs, headings and rows of tables in reading order."""
