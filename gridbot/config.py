"""Settings: gridbot.toml, overridden by GRIDBOT_<SECTION>__<KEY>. Only app.py and cli.py read them."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from gridbot.errors import BadInput, unreadable


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Database(Section):
    url: str = ""  # "" = SQLite in the data directory; else postgres://user:pass@host:port/name
    synchronous: str = Field("FULL", pattern="^(FULL|NORMAL)$")  # SQLite only


class Web(Section):
    host: str = "127.0.0.1"
    port: int = Field(8311, ge=0, le=65535)
    token: str = ""  # bearer token of /api/v1; "" = the API is closed
    public_url: str = ""  # how people reach the console; "" = http://host:port


class Bot(Section):
    name: str = "网格小助手"
    office: str = "社区网格办"  # who runs it, as said in the notice
    phone: str = ""  # the office's number for checking who we are
    zone: str = "Asia/Shanghai"
    profile: str = "default"

    @field_validator("zone")
    @classmethod
    def _known(cls, zone: str) -> str:
        if zone not in available_timezones():
            raise ValueError("没有这个时区，请写成 Asia/Shanghai 的样子")
        return zone


class Conduct(Section):
    quiet_from: str = Field("21:30", pattern=r"^\d\d:\d\d$")
    quiet_until: str = Field("07:30", pattern=r"^\d\d:\d\d$")
    group_messages_a_day: int = Field(6, ge=1)
    act_at: float = Field(0.7, ge=0, le=1)  # confidence from which a report becomes a ticket by itself
    ask_at: float = Field(0.15, ge=0, le=1)  # from here to act_at the worker is asked: so is every report
    burst_minutes: int = Field(5, ge=0)
    keep_text_days: int = Field(180, ge=1)
    undo_minutes: int = Field(5, ge=0)
    two_agree_from: int = Field(1000, ge=1)  # households from which a second leader agrees to an announcement


class Outbox(Section):
    account_per_minute: float = Field(120, gt=0)  # live transports only; replay paces nothing
    room_gap_s: float = Field(0.5, ge=0)
    tries: int = Field(6, ge=1)


class Wechaty(Section):
    endpoint: str = ""
    token: str = ""
    tls: bool = False
    ca_file: str = ""
    server_name: str = ""


class Transports(Section):
    enabled: list[str] = ["webchat"]  # webchat, wechaty


class Settings(BaseSettings):
    """Everything that can be set, with its default."""

    model_config = SettingsConfigDict(
        env_prefix="GRIDBOT_", env_nested_delimiter="__", extra="forbid", frozen=True
    )
    database: Database = Database()
    web: Web = Web()
    bot: Bot = Bot()
    conduct: Conduct = Conduct()
    outbox: Outbox = Outbox()
    transports: Transports = Transports()
    wechaty: Wechaty = Wechaty()
    log_level: str = Field("INFO", pattern="(?i)^(DEBUG|INFO|WARNING|ERROR)$")
    rules: list[str] = []  # the office's own rule packs: files or directories
    rules_at: dict[str, list[str]] = {}  # node code → packs that hold there and below, over the others
    profiles: list[str] = []  # directories with the office's own profiles (*.toml)
    services: list[str] = []  # the office's own services packs: matters, answers, forms

    @property
    def zoneinfo(self) -> ZoneInfo:
        return ZoneInfo(self.bot.zone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings  # the environment wins over the file


def load(file: Path | None = None, **overrides: Any) -> Settings:
    """Read the settings; `overrides` (nested dictionaries) stand for what the file holds.

    Raises BadInput naming the file and the key.
    """
    values: dict[str, Any] = {}
    if file is not None:
        try:
            values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError) as error:
            raise unreadable(file, error) from error
    for section, value in overrides.items():
        if isinstance(value, dict) and isinstance(values.get(section), dict):
            values[section] = {**values[section], **value}
        else:
            values[section] = value
    _follow_wechaty(values)
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"设置「{key}」写得不对", file=file or "环境变量", hint=_hint(first)) from error


def _hint(fault: ErrorDetails) -> str:
    """What to write instead, by the kind of fault."""
    limits = {str(name): value for name, value in fault.get("ctx", {}).items()}
    known = {
        "extra_forbidden": "没有这个设置，请看 docs/operations.zh-CN.md",
        "int_parsing": "请写整数", "int_type": "请写整数", "int_from_float": "请写整数",
        "float_parsing": "请写数字", "float_type": "请写数字",
        "bool_parsing": "请写 true 或 false", "bool_type": "请写 true 或 false",
        "string_type": "请写引号里的文字",
        "string_pattern_mismatch": _like(str(limits.get("pattern", ""))),
        "greater_than_equal": f"请写不小于 {limits.get('ge')} 的数",
        "greater_than": f"请写大于 {limits.get('gt')} 的数",
        "less_than_equal": f"请写不大于 {limits.get('le')} 的数",
        "list_type": "请写成一串，例如 [\"…\"]", "tuple_type": "请写成一串，例如 [\"…\"]",
        "dict_type": "请写成一张表", "model_type": "请写成一张表",
    }  # fmt: skip
    return known.get(fault["type"]) or fault["msg"].removeprefix("Value error, ")


def _like(pattern: str) -> str:
    words = pattern.strip("^$()").split("|")
    return "请写成 21:30 的样子" if len(words) == 1 else f"请写其中一个：{'、'.join(words)}"


def _follow_wechaty(values: dict[str, Any]) -> None:
    """Wechaty's own two variables count where nothing else names the gateway."""
    for name in ("endpoint", "token"):
        said = os.environ.get(f"WECHATY_PUPPET_SERVICE_{name.upper()}")
        if said and isinstance(values.setdefault("wechaty", {}), dict):
            values["wechaty"].setdefault(name, said)
