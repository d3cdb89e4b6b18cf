# SPDX-License-Identifier: GPL-3.0-or-later
"""Benchmarks of libpioneer; README.md next to this file explains what is measured and how."""
