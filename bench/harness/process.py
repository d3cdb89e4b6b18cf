# SPDX-License-Identifier: GPL-3.0-or-later
"""A process, what it said last, and the most memory that it and its children had."""

import json
import os
import signal
import subprocess
import tempfile
import threading

GRACE_S = 120  # beyond its own limit, for reading, building a model and writing


class Failed(Exception):
    """It crashed, hung, or said no JSON."""


def run_json(command, seconds, environment):
    """The JSON object on its last line, with peak_kib raised to what the system saw."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **environment},
                                   start_new_session=True)
        status, peak_kib = wait(process, seconds + GRACE_S)
        process.returncode = os.waitstatus_to_exitcode(status)
        return parsed(process.returncode, text_of(out), text_of(err), peak_kib)


def wait(process, seconds):
    """Its status and memory once it has ended, or was ended after so long or because we are to stop.

    Whatever it started goes with it. It is reaped after that, so that its number is not yet anybody else's.
    """
    watch = threading.Timer(seconds, kill_group, (process,))
    watch.daemon = True
    try:
        watch.start()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    finally:
        watch.cancel()
        kill_group(process)
        _, status, usage = os.wait4(process.pid, 0)
    return status, usage.ru_maxrss


def kill_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def text_of(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def parsed(code, out, err, peak_kib):
    lines = out.strip().splitlines()
    try:
        result = json.loads(lines[-1] if lines else "")
    except ValueError:
        result = None
    if not isinstance(result, dict):
        raise Failed("exit code %d: %s" % (code, complaint(err)[:200]))
    result["peak_kib"] = max(peak_kib, result.get("peak_kib") or 0)
    return result


def complaint(err):
    """Programs say what is wrong, and then how to get help; of Python's errors the last line says it."""
    lines = [line for line in err.splitlines() if line.strip()] or ["no output"]
    return lines[-1 if lines[0].startswith("Traceback") else 0]
