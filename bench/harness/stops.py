# SPDX-License-Identifier: GPL-3.0-or-later
"""Ctrl-C, a plain kill and a closed terminal end runs in order: no solver stays, what was measured does."""

import contextlib
import signal

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """No Exception, so that nothing takes it for the failure of a solver."""

    def __init__(self, number):
        super().__init__(signal.Signals(number).name)
        self.exit_code = 128 + number


def stop(number, _frame):
    raise Stopped(number)


@contextlib.contextmanager
def raised():
    """Signals as exceptions, but for those that whoever started us wants to be ignored."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    try:
        for number, handler in before.items():
            if handler != signal.SIG_IGN:
                signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
