def plain(form):
    """Return the word with typographic quotation marks, apostrophes and dashes made plain."""
    return form.translate(PLAIN)


PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'", "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "…": "..."})
