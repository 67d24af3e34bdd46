"""How root runs a program that refuses to be run by root, as PostgreSQL does."""

import os
import pwd
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any


class NobodyToRunIt(Exception):
    """There is no way to run the program as somebody else. The text is one line that says why."""


def give_away(folder: Path) -> None:
    """Give root's folder to the user who shall run the program; nothing to do for anybody but root.

    Raises NobodyToRunIt.
    """
    if os.geteuid() != 0:
        return
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            os.chown(folder, pwd.getpwnam(name).pw_uid, -1)
            return
    raise NobodyToRunIt("PostgreSQL can't run as root, and there is no user postgres or nobody to run it as")


def run_as_owner(command: list[str], folder: Path) -> tuple[list[str], dict[str, Any]]:
    """The command, and the further arguments for `subprocess`, that run it as the owner of `folder`.

    Raises NobodyToRunIt.
    """
    if os.geteuid() != 0:
        return command, {}
    try:
        user = pwd.getpwuid(folder.stat().st_uid)
    except KeyError:
        raise NobodyToRunIt(
            f"PostgreSQL can't run as root, and the owner of {folder} doesn't exist on this machine"
        ) from None
    if all(_may_enter(user, above) for path in (Path(command[0]), folder.absolute()) for above in path.parents):
        return command, {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise NobodyToRunIt(
            f"the user {user.pw_name} can't access {folder.parent}. Start Factcheck as an ordinary user"
        )
    # Rather than opening root's folders to everybody: the one capability that passes them, and the bit that
    # lets it count when the program asks what it may do (access(2)).
    powers = ["--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"]
    who = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return [setpriv, *who, *powers, "--", *command], {}


def _may_enter(user: pwd.struct_passwd, folder: Path) -> bool:
    found = folder.stat()
    return bool(found.st_mode & (stat.S_IXUSR if found.st_uid == user.pw_uid else stat.S_IXOTH))
