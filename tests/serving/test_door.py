"""Where the house may open."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from parvis.shared import serving
from parvis.shared.serving import ServingError, door


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_out_of_range_is_refused(port):
    with pytest.raises(ServingError, match=f"There is no port {port}:"):
        door.address_of("127.0.0.1", port)


def test_an_unknown_host_is_refused():
    with pytest.raises(ServingError, match=r"no address called 'nowhere\.invalid'"):
        door.address_of("nowhere.invalid", 3110)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.1.1", "::1"])
def test_this_machine_alone_needs_no_public_address(address):
    door.check_reach(address, public_url="", debug=True)


@pytest.mark.parametrize(
    ("url", "debug", "named"), [("", False, "PARVIS_URL"), ("https://311.example", True, "PARVIS_DEBUG")]
)
@pytest.mark.parametrize("address", ["0.0.0.0", "192.0.2.1", "::"])
def test_other_machines_are_let_in_on_purpose_only(address, url, debug, named):
    with pytest.raises(ServingError, match=named):
        door.check_reach(address, public_url=url, debug=debug)
    door.check_reach(address, public_url="https://311.example", debug=False)


@pytest.mark.parametrize("shared", [False, True])
def test_a_port_in_use_is_refused_even_when_its_owner_would_share_it(shared):
    with closing(socket.socket()) as taken:
        if shared:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServingError, match=f"Port {port} is taken"):
            door.check_port_is_free("127.0.0.1", port)
    door.check_port_is_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(ServingError, match=r"192\.0\.2\.1 isn't an address of this machine"):
        door.check_port_is_free("192.0.2.1", 3110)


def test_the_port_comes_from_the_command_then_the_environment_then_3110(monkeypatch):
    monkeypatch.setenv("PORT", "4000")
    assert (serving.port_from(5000), serving.port_from(None)) == (5000, 4000)
    monkeypatch.setenv("PORT", "many")
    with pytest.raises(ServingError, match="PORT has the value 'many'; it takes a number"):
        serving.port_from(None)
    monkeypatch.delenv("PORT")
    assert serving.port_from(None) == 3110
