# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs solvers on instances by one protocol, judges what comes out, and shows it: bench/README.md."""
