# SPDX-License-Identifier: GPL-3.0-or-later
"""A process, what it said last, and the most memory that it and its children had."""

import json
import os
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
        watch = threading.Timer(seconds + GRACE_S, kill_group, (process,))
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        watch.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        return parsed(process.returncode, text_of(out), text_of(err), usage.ru_maxrss)


def kill_group(process):
    os.killpg(process.pid, 9)


def text_of(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def parsed(code, out, err, peak_kib):
    lines = out.strip().splitlines()
    if not lines or not lines[-1].startswith("{"):
        raise Failed("exit code %d: %s" % (code, (err.strip().splitlines() or ["no output"])[-1][:200]))
    result = json.loads(lines[-1])
    result["peak_kib"] = max(peak_kib, result.get("peak_kib") or 0)
    return result
