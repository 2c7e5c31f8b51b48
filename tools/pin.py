"""Write the digest of its parent into a scheme file that extends one: `python tools/pin.py FILE.yaml`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))

from clustermark.ground.yaml12 import parse_yaml  # noqa: E402 - after the path is set
from clustermark.schemes.scheme import Scheme, find  # noqa: E402 - after the path is set


def main() -> None:
    """Pin each file named on the command line."""
    for name in sys.argv[1:]:
        path = Path(name)
        text = path.read_text(encoding="utf-8")
        parent = parse_yaml(text, file=path.name).data["extends"]["scheme"]
        digest = Scheme.load(find(parent, near=path.parent)).digest
        path.write_text(re.sub(r"sha256:[0-9a-f]{64}", digest, text, count=1), encoding="utf-8")
        print(f"{path.name}: {parent} {digest}")


if __name__ == "__main__":
    main()
