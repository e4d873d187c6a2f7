"""Write src/dragoman/knowledge/compiled.json.gz: what the YAML files beside it hold, parsed.

make knowledge
"""

from __future__ import annotations

from dragoman.knowledge import compiled
from dragoman.knowledge.compiled import Compiled
from dragoman.knowledge.lexicon import frames
from dragoman.knowledge.loader import HOME, files_below, parse
from dragoman.knowledge.world import world


def files() -> dict[str, Compiled]:
    """Every file, parsed anew."""
    return {name: Compiled(compiled.stamp(path), parse(path)) for name, path in files_below(HOME).items()}


def main() -> None:
    """Write the file.

    Raises:
        KnowledgeError: when the knowledge cannot be loaded; nothing is written then.
    """
    world()
    frames()
    compiled.write(files())
    print(f"{compiled.PATH.name} written, {compiled.PATH.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
