"""All presets: to add one, write its record into the file of its kind.

The first is what the app opens on.
"""

from engine.examples import batches, blogs, classics, courses, demonstrations, jay, mazur, textbooks
from engine.examples.preset import GROUPS, Preset
from engine.registry import Registry

PRESETS: Registry[Preset] = Registry(
    "preset",
    [
        *jay.EXAMPLES,
        *mazur.EXAMPLES,
        *textbooks.EXAMPLES,
        *courses.EXAMPLES,
        *blogs.EXAMPLES,
        *batches.WORKED,
        *classics.EXAMPLES,
        *demonstrations.FIRST_LOOKS,
        *demonstrations.EXPERIMENTS,
    ],
)


def by_group() -> tuple[str, ...]:
    """Return the names of all presets as they are offered: group by group."""
    order = list(GROUPS)
    return tuple(sorted(PRESETS, key=lambda name: order.index(PRESETS[name].group)))
