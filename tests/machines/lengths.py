"""How long machines run: seconds in every run of the tests, and long by a profile.

`pytest tests/machines --hypothesis-profile=long -o timeout=0` takes many minutes.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

LONGER = 60
"""A long run has so many times the examples, of twice the steps."""


def bounded(examples: int, steps: int) -> settings:
    """Give settings for so many examples of so many steps, or for a long run."""
    if settings.get_current_profile_name() == "long":
        examples, steps = examples * LONGER, steps * 2
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
