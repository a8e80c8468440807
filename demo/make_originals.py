"""Write the two demo reports that are not text: a PDF and a Word document. Run: python -m demo.make_originals

The PDF is written by hand, object by object, so that the demo needs no typesetter; its text is what stands in BULLETIN below.
"""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

REPORTS = Path(__file__).parent / "reports"

BULLETIN_TITLE = "Arrests of gay men in Chechnya: what organisations say"
BULLETIN = [
    "Northern Monitoring Bulletin, 28 April 2017",
    "The Russian LGBT Network says that it has helped about thirty people to leave Chechnya since the end of March.",
    "Human Rights Watch says that dozens of men were detained in Chechnya between February and April, "
    "and that some of them were beaten and given electric shocks.",
    "According to Novaya Gazeta, men were held in a former military headquarters in Argun.",
    "The Kremlin spokesman, Dmitry Peskov, said on 20 April that there was no reliable information about the alleged persecution of gay men.",
    "Kheda Saratova, who sits on the Chechen leader's human rights council, said that she had not received a single complaint.",
]

VERSAILLES_TITLE = "Versailles : la Tchétchénie au menu de la rencontre entre Macron et Poutine"
VERSAILLES = [
    "Emmanuel Macron a indiqué lundi, lors d’une conférence de presse à Versailles, avoir évoqué avec Vladimir Poutine les persécutions "
    "visant les homosexuels en Tchétchénie.",
    "Les deux présidents sont convenus d’un suivi très régulier de la situation, selon le chef de l’État français.",
    "D’après Emmanuel Macron, le président russe a promis d’établir toute la vérité sur les agissements des autorités locales.",
    "M. Macron a promis de rester vigilant.",
]


def pdf(title: str, paragraphs: list[str], day: datetime) -> bytes:
    """Return a one-page PDF 1.4 in Helvetica. Text must fit one page and Windows code page 1252."""

    def quoted(text: str) -> bytes:
        return b"(" + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"

    lines = [b"BT", b"/F2 16 Tf", b"72 760 Td", b"20 TL"]
    lines += [quoted(line) + b" Tj T*" for line in textwrap.wrap(title, 52)]
    lines += [b"/F1 13 Tf", b"17 TL", b"T*"]
    for paragraph in paragraphs:
        lines += [quoted(line) + b" Tj T*" for line in textwrap.wrap(paragraph, 58)] + [b"T*"]
    content = b"\n".join([*lines, b"ET"])
    stamp = day.strftime("D:%Y%m%d%H%M%SZ")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        b"<< /Title %s /Author (Northern Monitoring Bulletin) /CreationDate (%s) /ModDate (%s) >>" % (quoted(title), stamp.encode(), stamp.encode()),
    ]
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        table,
        size,
        len(out),
    )


def docx(title: str, paragraphs: list[str], day: datetime, path: Path) -> None:
    """Write a Word document with its properties set."""
    import docx as word

    document = word.Document()
    document.core_properties.title = title
    document.core_properties.author = "Courrier du parc"
    document.core_properties.language = "fr"
    document.core_properties.created = document.core_properties.modified = day
    document.add_heading(title, 1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(str(path))


def main() -> None:
    """Write both files into demo/reports."""
    (REPORTS / "07-monitoring-bulletin.pdf").write_bytes(pdf(BULLETIN_TITLE, BULLETIN, datetime(2017, 4, 28, 9, tzinfo=UTC)))
    docx(VERSAILLES_TITLE, VERSAILLES, datetime(2017, 5, 30, 8, tzinfo=UTC), REPORTS / "11-versailles.docx")


if __name__ == "__main__":
    main()
