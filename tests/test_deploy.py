"""What stands in deploy/ fits the program."""

from __future__ import annotations

import configparser
import re
from pathlib import Path


def test_the_image_runs_without_rights_and_is_looked_after(root: Path) -> None:
    lines = (root / "deploy/Containerfile").read_text("utf-8").splitlines()
    verbs = [line.split(" ", 1)[0] for line in lines if re.match(r"[A-Z]+ ", line)]
    assert verbs.count("FROM") == 2
    assert "HEALTHCHECK" in verbs
    assert verbs.index("USER", verbs.index("FROM", 1)) < verbs.index("ENTRYPOINT")
    users = [line.removeprefix("USER ") for line in lines if line.startswith("USER ")]
    assert users
    assert "root" not in users
    locks = re.findall(r"-r (\S+)", "\n".join(lines))
    assert locks
    assert all((root / lock).is_file() for lock in locks)
    assert not re.search(r"SECRET|PASSWORD", "\n".join(lines))


def test_the_unit_is_shut_off_and_starts_the_desk(root: Path) -> None:
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(root / "deploy/communique.service", "utf-8")
    service = unit["Service"]
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert "communique serve --bind 127.0.0.1" in service["ExecStart"]
    assert service["User"] != "root"
