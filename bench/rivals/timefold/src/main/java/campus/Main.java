// SPDX-License-Identifier: GPL-3.0-or-later
package campus;

import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.config.solver.SolverConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/** java campus.Main PROBLEM SOLUTION SECONDS SEED: prints "value COST" for each better roster without broken rules. */
public final class Main {
    private final StringTokenizer words;
    private Member[] members;
    private final List<Place> places = new ArrayList<>();

    private Main(String text) {
        words = new StringTokenizer(text);
    }

    public static void main(String[] arguments) throws IOException {
        Main reader = new Main(Files.readString(Path.of(arguments[0])));
        Roster problem = reader.read();
        SolverFactory<Roster> factory = SolverFactory.create(new SolverConfig()
            .withSolutionClass(Roster.class).withEntityClasses(Place.class).withConstraintProviderClass(Rules.class)
            .withTerminationSpentLimit(Duration.ofMillis((long) (1000 * Double.parseDouble(arguments[2]))))
            .withRandomSeed(Long.parseLong(arguments[3])));
        Solver<Roster> solver = factory.buildSolver();
        solver.addEventListener(event -> {
            Roster roster = event.getNewBestSolution();
            if (roster.getScore().isFeasible()) {
                System.out.println("value " + -roster.getScore().softScore());
            }
        });
        System.out.println("start");
        write(solver.solve(problem), Path.of(arguments[1]));
    }

    private static void write(Roster roster, Path path) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(path))) {
            out.println(roster.getScore().isFeasible() ? "legal" : "broken");
            for (Place place : roster.getPlaces()) {
                out.println(place.getMember() == null ? -1 : place.getMember().index);
            }
        }
    }

    private int next() {
        return Integer.parseInt(words.nextToken());
    }

    /** The order of rivals/solvers/timefold.py. */
    private Roster read() {
        int days = next();
        Limits.dayDuties = next();
        Limits.weekCount = next();
        Limits.workRun = next();
        Limits.weekends = next();
        Limits.fairness = next();
        Limits.lead = next();
        int areas = next();
        Limits.walk = new int[areas][areas];
        for (int i = 0; i < areas * areas; i++) {
            Limits.walk[i / areas][i % areas] = next();
        }
        readMembers(days);
        for (int groups = next(); groups > 0; groups--) {
            readGroup();
        }
        return new Roster(places);
    }

    private void readMembers(int days) {
        members = new Member[next()];
        for (int m = 0; m < members.length; m++) {
            members[m] = new Member(m, next(), next(), days);
            for (int wishes = next(); wishes > 0; wishes--) {
                members[m].dayCost[next()] += next();
            }
        }
    }

    private void readGroup() {
        Group group = new Group();
        group.day = next();
        group.start = next();
        group.end = next();
        group.load = next();
        group.area = next();
        group.restAfter = next();
        group.counted = next() == 1;
        group.needsLead = next() == 1;
        group.shortCost = next();
        group.shorterCost = next();
        for (int takers = next(); takers > 0; takers--) {
            readTaker(group, members[next()]);
        }
        for (int duties = next(); duties > 0; duties--) {
            Duty duty = new Duty(group, next(), next());
            for (int k = 0; k < duty.target; k++) {
                Place place = new Place(places.size(), duty);
                int first = next();
                place.setMember(first < 0 ? null : members[first]);
                places.add(place);
            }
        }
    }

    private void readTaker(Group group, Member member) {
        group.takers.add(member);
        if (next() == 1) {
            group.leads.add(member);
        }
        int dislike = next();
        if (dislike > 0) {
            group.dislike.put(member, (long) dislike);
        }
    }
}
