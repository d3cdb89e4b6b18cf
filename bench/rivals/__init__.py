# SPDX-License-Identifier: GPL-3.0-or-later
"""Other solvers on the same instances: one compact model, written once, handed to each of them."""
