"""Our part of the puppet service's protocol: generated anew it is the same, and the wire's own it is."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto, FileDescriptorSet
from grpc_tools import protoc

from gridbot.transports.wechaty import puppet_pb2
from tests.gateway.driver import HERE, need_node

ROOT = Path(__file__).parents[3]
PROTO = "gridbot/transports/wechaty/puppet.proto"
PUBLISHED = HERE / "node_modules/wechaty-grpc/dist/esm/proto/wechaty"


def test_the_generated_module_says_what_the_proto_says(tmp_path: Path) -> None:
    google, made = str(files("grpc_tools") / "_proto"), tmp_path / "made.pb"
    assert protoc.main(["protoc", f"-I{ROOT}", f"-I{google}", f"--descriptor_set_out={made}", PROTO]) == 0
    (written,) = FileDescriptorSet.FromString(made.read_bytes()).file
    for message in written.message_type:
        for field in message.field:
            field.ClearField("json_name")  # only protoc's own output names it
    assert written == FileDescriptorProto.FromString(puppet_pb2.DESCRIPTOR.serialized_pb)


def fields_of(source: str) -> dict[str, dict[str, int]]:
    """Message → field → number, of a proto's text."""
    plain = re.sub(r"/\*.*?\*/|//[^\n]*", "", source, flags=re.S)
    messages = re.findall(r"message\s+(\w+)\s*\{([^}]*)\}", plain)
    field = re.compile(r"(\w+)\s*=\s*(\d+)\s*(?:\[[^\]]*\])?\s*;")
    return {name: {key: int(number) for key, number in field.findall(body)} for name, body in messages}


def calls_of(source: str) -> dict[str, tuple[str, str]]:
    """Call → (request, response), each with "stream" before it where it is one."""
    call = re.compile(r"rpc\s+(\w+)\s*\(\s*([\w. ]+?)\s*\)\s*returns\s*\(\s*([\w. ]+?)\s*\)")
    plain = source.replace("puppet.", "")
    return {name: (request, response) for name, request, response in call.findall(plain)}


@pytest.fixture
def published() -> list[str]:
    need_node()
    return [path.read_text() for path in sorted(PUBLISHED.rglob("*.proto"))]


def test_every_name_and_number_is_the_published_one(published: list[str]) -> None:
    theirs = {name: fields for source in published for name, fields in fields_of(source).items()}
    for message, fields in fields_of((ROOT / PROTO).read_text()).items():
        for name, number in fields.items():
            assert theirs[message].get(name) == number, f"{message}.{name}"


def test_every_call_is_a_published_one(published: list[str]) -> None:
    theirs = {name: call for source in published for name, call in calls_of(source).items()}
    ours = calls_of((ROOT / PROTO).read_text())
    assert len(ours) == 17
    for name, call in ours.items():
        assert theirs[name] == call
