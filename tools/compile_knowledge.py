"""Write src/dragoman/knowledge/compiled.json.gz: what the YAML files beside it hold, parsed and checked.

make knowledge
"""

from __future__ import annotations

from dragoman.knowledge import compiled
from dragoman.knowledge.checks import checked
from dragoman.knowledge.compiled import Compiled
from dragoman.knowledge.loader import HOME, files_below, parse


def files() -> dict[str, Compiled]:
    """Every file, parsed anew."""
    return {name: Compiled(compiled.stamp(path), parse(path)) for name, path in files_below(HOME).items()}


def main() -> None:
    """Write the file.

    Raises:
        SystemExit: when the knowledge cannot be loaded; what is wrong is printed, and nothing is written.
    """
    wrong = [finding for finding in checked().findings if finding.kind in ("syntax", "schema", "reference")]
    if wrong:
        raise SystemExit("\n".join([*(finding.text for finding in wrong), "Not compiled; mend these first."]))
    compiled.write(files())
    print(f"{compiled.PATH.name} written, {compiled.PATH.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
