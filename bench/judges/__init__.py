# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges of public formats, written from their specifications; they share nothing with models or the library."""
