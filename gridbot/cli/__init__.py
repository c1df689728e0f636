"""The commands, thin: each reads its arguments and calls the part that does the work.

Exit 0; 1 the work failed; 2 the input or the call is wrong. A user's mistake never shows a traceback.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import click

from gridbot import __version__, log
from gridbot.config import Settings
from gridbot.config import load as load_settings
from gridbot.errors import BadInput, DatabaseUnready, GridbotError

CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), default=None, help="配置文件，默认 DATA/gridbot.toml"
)
DATA = click.option(
    "--data", type=click.Path(path_type=Path), default=Path("data"), show_default=True, help="数据目录"
)


class Commands(click.Group):
    """Imports a command's module only when it is called, so that every command starts fast."""

    LAZY: ClassVar = {
        "run": ("gridbot.cli.run", "run"),
        "gateway": ("gridbot.cli.run", "gateway"),
        "worker": ("gridbot.cli.run", "worker"),
        "web": ("gridbot.cli.run", "web"),
        "chat": ("gridbot.cli.run", "chat"),
        "import": ("gridbot.cli.org", "import_"),
        "export": ("gridbot.cli.org", "export"),
        "codes": ("gridbot.cli.org", "codes"),
        "check": ("gridbot.cli.check", "check"),
        "digest": ("gridbot.cli.check", "digest"),
        "board": ("gridbot.cli.board", "board"),
        "announcement": ("gridbot.cli.announcement", "announcement"),
        "backup": ("gridbot.cli.org", "backup"),
        "restore": ("gridbot.cli.org", "restore"),
        "parse": ("gridbot.cli.parse", "parse"),
        "rules": ("gridbot.cli.rules", "rules"),
        "replay": ("gridbot.cli.replay", "replay"),
        "route": ("gridbot.cli.route", "route"),
        "tickets": ("gridbot.cli.tickets", "tickets"),
        "outreach": ("gridbot.cli.outreach", "outreach"),
        "sheet": ("gridbot.cli.sheet", "sheet"),
        "connectivity": ("gridbot.cli.tickets", "connectivity"),
    }

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.LAZY)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.LAZY:
            return None
        module, attribute = self.LAZY[name]
        command: click.Command = getattr(_loaded(module), attribute)
        return command


def _loaded(module: str) -> ModuleType:
    """Import a module; what an import makes stays, so nobody looks for garbage in it, now or later."""
    if module in sys.modules:
        return sys.modules[module]
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.freeze()
        gc.enable()


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="gridbot")
def cli() -> None:
    """网格群里的小助手：听得懂报事，办得成闭环。"""


def settings_of(config: Path | None, data: Path, **overrides: Any) -> Settings:
    """The settings of a data directory: --config, else DATA/gridbot.toml if there is one."""
    default = data / "gridbot.toml"
    file = config or (default if default.exists() else None)
    settings = load_settings(file, **overrides)
    log.setup(settings.log_level)
    if settings.profiles:
        from gridbot import profiles

        profiles.use([Path(folder) for folder in settings.profiles])
    return settings


def finish(work: Coroutine[Any, Any, int | None]) -> None:
    """Run a command's coroutine and exit with its status."""
    sys.exit(asyncio.run(work) or 0)


def main() -> None:
    """The entry point of `gridbot` and `python -m gridbot`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(1)
    except BadInput as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except (DatabaseUnready, GridbotError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(1)
