// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Equal duties: same post, slot, day and area. Times are minutes since the first day. */
public final class Group {
    int day;
    int start;
    int end;
    int load;
    int area;
    int restAfter;
    boolean counted; // a night, of which a week has a limit
    boolean needsLead;
    long shortCost; // a head short of target
    long shorterCost; // on top, below the minimum
    final List<Member> takers = new ArrayList<>();
    final Set<Member> leads = new HashSet<>();
    final Map<Member, Long> dislike = new HashMap<>();

    int minutes() {
        return end - start;
    }
}
