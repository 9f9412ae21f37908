"""The page that people see when the browser comes back: no script, nothing fetched."""

from __future__ import annotations

from html import escape

CHECK = "M4 12.5l5.2 5.2L20 7"
CROSS = "M6 6l12 12M18 6L6 18"

_STYLE = """
:root{color-scheme:light dark}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:1.5rem;
font:16px/1.5 system-ui,sans-serif;background:#f3f5f8;color:#1a2330}
main{max-width:27rem;padding:2.75rem 2.5rem;text-align:center;background:#fff;
border-radius:18px;box-shadow:0 1px 2px #1a233014,0 12px 40px #1a23301f}
svg{width:72px;height:72px;padding:18px;border-radius:50%;fill:none;stroke-width:2.4;
stroke-linecap:round;stroke-linejoin:round}
.good svg{background:#e2f5ea;stroke:#177a45}
.bad svg{background:#fdecea;stroke:#b3362a}
h1{margin:1.1rem 0 .4rem;font-size:1.45rem;line-height:1.25;overflow-wrap:anywhere}
p{margin:0;color:#55606f}
@media(prefers-color-scheme:dark){body{background:#12161c;color:#e8ecf2}
main{background:#1c222b;box-shadow:none}p{color:#a3adba}
.good svg{background:#143524;stroke:#5fd295}.bad svg{background:#3d1d1a;stroke:#ff9488}}
"""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""What the page may load: nothing but its own style."""


def page(heading: str, line: str, *, good: bool) -> bytes:
    """Give a whole page in UTF-8 with a mark, a heading and one line."""
    tone, mark = ("good", CHECK) if good else ("bad", CROSS)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(heading)}</title><style>{_STYLE}</style></head>"
        f'<body><main class="{tone}"><svg viewBox="0 0 24 24" aria-hidden="true">'
        f'<path d="{mark}"/></svg><h1>{escape(heading)}</h1><p>{escape(line)}</p>'
        "</main></body></html>"
    ).encode()


def response(status: str, body: bytes) -> bytes:
    """Give a whole HTTP response that nobody keeps, frames or guesses about."""
    head = (
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        f"Content-Security-Policy: {POLICY}",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "Connection: close",
    )
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body
