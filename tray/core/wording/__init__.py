"""Every sentence that people read, one module per subject.

Sentences are short, say what happened and what to do, and never hold a secret. Times
are local here and nowhere else.
"""

from __future__ import annotations
