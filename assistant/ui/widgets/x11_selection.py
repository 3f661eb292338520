"""Asks an X11 display who owns a selection, through the libxcb that Qt uses as well."""

import ctypes
from typing import Any


class _Cookie(ctypes.Structure):
    _fields_ = (("sequence", ctypes.c_uint),)


class _Reply(ctypes.Structure):
    """Both replies that are asked for here have this form."""

    _fields_ = (
        ("response_type", ctypes.c_uint8),
        ("pad", ctypes.c_uint8),
        ("sequence", ctypes.c_uint16),
        ("length", ctypes.c_uint32),
        ("value", ctypes.c_uint32),
    )


def has_owner(connection: int, selection: str) -> bool:
    """Whether any window owns a selection.

    Args:
        connection: Address of the ``xcb_connection_t`` that is asked.
        selection: Its name.

    Returns:
        False as well when the display does not say, or libxcb is not there.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
        libc = ctypes.CDLL(None)
    except OSError:
        return False
    name = selection.encode("ascii")
    pointer = ctypes.c_void_p(connection)
    xcb.xcb_intern_atom.restype = xcb.xcb_get_selection_owner.restype = _Cookie
    asked = xcb.xcb_intern_atom(pointer, 0, ctypes.c_uint16(len(name)), name)
    atom = _answer(libc, xcb.xcb_intern_atom_reply, pointer, asked)
    if atom == 0:
        return False
    asked = xcb.xcb_get_selection_owner(pointer, ctypes.c_uint32(atom))
    return _answer(libc, xcb.xcb_get_selection_owner_reply, pointer, asked) != 0


def _answer(
    libc: ctypes.CDLL,
    reply: Any,  # noqa: ANN401 - a function of a C library has no type
    connection: ctypes.c_void_p,
    cookie: _Cookie,
) -> int:
    """The value of a reply, 0 for none; the reply itself is given back to C."""
    reply.restype = ctypes.POINTER(_Reply)
    reply.argtypes = (ctypes.c_void_p, _Cookie, ctypes.c_void_p)
    answer = reply(connection, cookie, None)
    if not answer:
        return 0
    value = int(answer.contents.value)
    libc.free.argtypes = (ctypes.c_void_p,)
    libc.free.restype = None
    libc.free(answer)
    return value
