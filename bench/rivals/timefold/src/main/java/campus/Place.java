// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import java.util.List;

/** One head of a duty: the shift of Timefold's employee-scheduling model. May stay empty. */
@PlanningEntity
public class Place {
    @PlanningId
    private int id;
    private Duty duty;
    @PlanningVariable(allowsUnassigned = true)
    private Member member;

    public Place() {
    }

    Place(int id, Duty duty) {
        this.id = id;
        this.duty = duty;
    }

    @ValueRangeProvider
    public List<Member> getTakers() {
        return duty.group.takers;
    }

    public int getId() {
        return id;
    }

    public Duty getDuty() {
        return duty;
    }

    public Group getGroup() {
        return duty.group;
    }

    public int getDay() {
        return duty.group.day;
    }

    public int getWeek() {
        return duty.group.day / 7;
    }

    public Member getMember() {
        return member;
    }

    public void setMember(Member member) {
        this.member = member;
    }
}
