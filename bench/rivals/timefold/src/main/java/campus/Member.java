// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

/** A person: share and weekly limit in minutes, what it costs or gains to work on a day. */
public final class Member {
    final int index;
    final int entitled;
    final int weekLimit;
    final long[] dayCost;

    Member(int index, int entitled, int weekLimit, int days) {
        this.index = index;
        this.entitled = entitled;
        this.weekLimit = weekLimit;
        this.dayCost = new long[days];
    }

    @Override
    public String toString() {
        return "member " + index;
    }
}
