// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

/** The campaign's numbers that are nobody's own. One problem a process, so they are static: constraints need that. */
final class Limits {
    static int dayDuties;
    static int weekCount;
    static int workRun;
    static int weekends;
    static long fairness;
    static long lead;
    static int[][] walk;

    private Limits() {
    }

    /** Whether one member cannot serve both. */
    static boolean conflict(Group one, Group other) {
        Group a = one.start <= other.start ? one : other;
        Group b = a == one ? other : one;
        if (a.day == b.day) {
            return b.start < a.end + walk[a.area][b.area];
        }
        return b.day == a.day + 1 && b.start < a.end + a.restAfter;
    }
}
