"""May the house open at this address? Asked before anything is made or started."""

from __future__ import annotations

import errno
import socket
from ipaddress import ip_address

from parvis.shared.serving.errors import ServingError


def address_of(host: str, port: int) -> str:
    """The IP address behind `host`. Raises ServingError when there's none or the port is out of range."""
    if not 1 <= port <= 65535:
        raise ServingError(f"There is no port {port}: choose one between 1 and 65535, such as --port 3110.")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise ServingError(f"This machine has no address called {host!r}: try --host 127.0.0.1.") from None
    return str(found[0][4][0])


def check_reach(address: str, *, public_url: str, debug: bool) -> None:
    """Refuse to be reachable from other machines by accident. Raises ServingError."""
    if ip_address(address.partition("%")[0]).is_loopback:
        return
    if not public_url:
        raise ServingError(
            f"At {address}, other machines could reach Parvis, but PARVIS_URL doesn't say under which address. "
            "Set it, such as PARVIS_URL=https://311.example.org, or stay on --host 127.0.0.1."
        )
    if debug:
        raise ServingError(
            "PARVIS_DEBUG shows the inside of the house: unset it to serve other machines, or stay on --host 127.0.0.1."
        )


def check_port_is_free(address: str, port: int) -> None:
    """Raises ServingError when somebody listens there. The web server itself would share the port in silence."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind((address, port))
            probe.listen(1)
        except OSError as error:
            raise ServingError(_why(error, address, port)) from None


def _why(error: OSError, address: str, port: int) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return (
                f"Port {port} is taken by another program: stop it, or choose another with --port {port % 65535 + 1}."
            )
        case errno.EACCES:
            return f"Port {port} is reserved to the system: choose one from 1024 up, such as --port 3110."
        case errno.EADDRNOTAVAIL:
            return f"{address} isn't an address of this machine: try --host 127.0.0.1."
    return f"Parvis can't listen at {address}, port {port}: {error.strerror}."
