// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.List;

/** All places; the score is minus the cost, without its constant. */
@PlanningSolution
public class Roster {
    @PlanningEntityCollectionProperty
    private List<Place> places;
    @PlanningScore
    private HardSoftLongScore score;

    public Roster() {
    }

    Roster(List<Place> places) {
        this.places = places;
    }

    public List<Place> getPlaces() {
        return places;
    }

    public HardSoftLongScore getScore() {
        return score;
    }

    public void setScore(HardSoftLongScore score) {
        this.score = score;
    }
}
