// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

/** One duty of a group. */
public final class Duty {
    final Group group;
    final int min;
    final int target;

    Duty(Group group, int min, int target) {
        this.group = group;
        this.min = min;
        this.target = target;
    }
}
