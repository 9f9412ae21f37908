"""Start at log-in: one file per technology, and a chooser above them.

The texts that get installed lie here as templates, because `packaging/` is not part
of what people install; the copies there are rendered from these.
"""

from __future__ import annotations
