# SPDX-License-Identifier: GPL-3.0-or-later
"""What a run may spend."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Limits:
    seconds: int  # whole ones: glpsol and pioneer-bench know no others
    threads: int
    effort: int = 0  # percent of the library's own measure of how long to try, beside the clock; 0: the clock alone
    work: int = 0  # for libpioneer alone: then there is no clock, and the result is the same everywhere

    def words(self):
        words = ["--threads", str(self.threads)]
        if self.work:
            return words + ["--work-limit", str(self.work)]
        effort = ["--effort", str(self.effort)] if self.effort else []
        return words + ["--time-limit", str(self.seconds), *effort]
