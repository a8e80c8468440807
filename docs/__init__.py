"""The docs are Markdown; `docs.generate` writes the pages that come from the code."""
