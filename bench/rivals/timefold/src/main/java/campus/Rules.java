// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.count;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.sum;
import static ai.timefold.solver.core.api.score.stream.ConstraintCollectors.toSet;
import static ai.timefold.solver.core.api.score.stream.Joiners.equal;
import static ai.timefold.solver.core.api.score.stream.Joiners.filtering;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.stream.Constraint;
import ai.timefold.solver.core.api.score.stream.ConstraintFactory;
import ai.timefold.solver.core.api.score.stream.ConstraintProvider;
import java.util.Set;

/** bench/README.md's joint objective and hard rules. Eligibility and free time are in each place's value range. */
public class Rules implements ConstraintProvider {
    private static final HardSoftLongScore HARD = HardSoftLongScore.ONE_HARD;
    private static final HardSoftLongScore SOFT = HardSoftLongScore.ONE_SOFT;

    @Override
    public Constraint[] defineConstraints(ConstraintFactory f) {
        return new Constraint[] {exclusive(f), dayDuties(f), weekMinutes(f), nights(f), days(f), cover(f), lead(f),
            fairness(f), requests(f), preferences(f)};
    }

    private Constraint exclusive(ConstraintFactory f) {
        return f.forEachUniquePair(Place.class, equal(Place::getMember),
                filtering((a, b) -> Limits.conflict(a.getGroup(), b.getGroup())))
            .penalize(HARD).asConstraint("overlap, walking, rest");
    }

    private Constraint dayDuties(ConstraintFactory f) {
        return f.forEach(Place.class).groupBy(Place::getMember, Place::getDay, count())
            .filter((member, day, number) -> number > Limits.dayDuties)
            .penalize(HARD, (member, day, number) -> number - Limits.dayDuties).asConstraint("duties a day");
    }

    private Constraint weekMinutes(ConstraintFactory f) {
        return f.forEach(Place.class)
            .groupBy(Place::getMember, Place::getWeek, sum(place -> place.getGroup().minutes()))
            .filter((member, week, minutes) -> minutes > member.weekLimit)
            .penalize(HARD, (member, week, minutes) -> 1 + (minutes - member.weekLimit) / 60)
            .asConstraint("minutes a week");
    }

    private Constraint nights(ConstraintFactory f) {
        return f.forEach(Place.class).filter(place -> place.getGroup().counted)
            .groupBy(Place::getMember, Place::getWeek, count())
            .filter((member, week, number) -> number > Limits.weekCount)
            .penalize(HARD, (member, week, number) -> number - Limits.weekCount).asConstraint("nights a week");
    }

    private Constraint days(ConstraintFactory f) {
        return f.forEach(Place.class).groupBy(Place::getMember, toSet(Place::getDay))
            .filter((member, days) -> broken(days) > 0)
            .penalize(HARD, (member, days) -> broken(days)).asConstraint("days in a row, weekends");
    }

    private static int broken(Set<Integer> days) {
        int tooMany = 0;
        for (int day : days) {
            int length = 1;
            while (length <= Limits.workRun && days.contains(day + length)) {
                length++;
            }
            tooMany += length > Limits.workRun ? 1 : 0;
        }
        long weekends = days.stream().filter(day -> day % 7 >= 5).map(day -> day / 7).distinct().count();
        return tooMany + (int) Math.max(0, weekends - Limits.weekends);
    }

    private Constraint cover(ConstraintFactory f) {
        return f.forEachIncludingUnassigned(Place.class)
            .groupBy(Place::getDuty, sum(place -> place.getMember() == null ? 0 : 1))
            .penalizeLong(SOFT, Rules::shortCost).asConstraint("short of minimum and target");
    }

    private static long shortCost(Duty duty, int heads) {
        return duty.group.shortCost * Math.max(0, duty.target - heads)
            + duty.group.shorterCost * Math.max(0, duty.min - heads);
    }

    private Constraint lead(ConstraintFactory f) {
        return f.forEachIncludingUnassigned(Place.class).filter(place -> place.getGroup().needsLead)
            .groupBy(Place::getDuty, sum(place -> place.getGroup().leads.contains(place.getMember()) ? 1 : 0))
            .filter((duty, leads) -> leads == 0)
            .penalizeLong(SOFT, (duty, leads) -> Limits.lead).asConstraint("lead");
    }

    private Constraint fairness(ConstraintFactory f) {
        return f.forEach(Place.class).groupBy(Place::getMember, sum(place -> place.getGroup().load))
            .penalizeLong(SOFT, (member, load) -> square(Math.max(0, load - member.entitled)) * Limits.fairness)
            .asConstraint("fairness");
    }

    private static long square(long value) {
        return value * value;
    }

    private Constraint requests(ConstraintFactory f) {
        return f.forEach(Place.class).groupBy(Place::getMember, Place::getDay)
            .filter((member, day) -> member.dayCost[day] != 0)
            .impactLong(SOFT, (member, day) -> -member.dayCost[day]).asConstraint("requests");
    }

    private Constraint preferences(ConstraintFactory f) {
        return f.forEach(Place.class).filter(place -> place.getGroup().dislike.containsKey(place.getMember()))
            .penalizeLong(SOFT, place -> place.getGroup().dislike.get(place.getMember())).asConstraint("preferences");
    }
}
