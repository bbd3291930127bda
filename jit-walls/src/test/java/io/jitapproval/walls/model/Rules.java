package io.jitapproval.walls.model;

import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Reason;
import io.jitapproval.Verdict;
import io.jitapproval.walls.model.Plan.Choice;
import io.jitapproval.walls.model.Plan.Later;
import io.jitapproval.walls.model.Plan.Phase;
import io.jitapproval.walls.model.World.Away;
import io.jitapproval.walls.model.World.Ballot;
import io.jitapproval.walls.model.World.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Who may vote, and when votes are enough; said as naively as possible. Broken twins turn a rule round. */
class Rules {

    /** When steps opened and were filled, if the votes that are left were the only ones ever cast. */
    record Course(Map<Integer, Instant> opened, Map<Integer, Instant> filled) {

        boolean complete(Plan plan) {
            return filled.size()
                    == plan.phases().stream().map(Phase::step).distinct().count();
        }
    }

    record Seat(Reason reason, Set<String> as, Optional<String> standsFor) {

        static Seat none(Reason why) {
            return new Seat(why, Set.of(), Optional.empty());
        }

        boolean free() {
            return reason == Reason.VOTE_COUNTED;
        }
    }

    /** The requester and those who act for the requester, by whatever account. */
    Set<String> excluded(World world, Act.Wish wish) {
        Set<String> all = new TreeSet<>();
        for (String identity : List.of(wish.by(), wish.through())) {
            if (identity.startsWith("user/")) {
                all.add(identity.substring("user/".length()));
            }
            world.person(identity).ifPresent(all::add);
        }
        return all;
    }

    /** Whether somebody who may be an approver asks, and nobody knows whether. */
    boolean nameless(World world, Act.Wish wish) {
        return List.of(wish.by(), wish.through()).stream()
                .anyMatch(identity ->
                        identity.startsWith("user/") && world.person(identity).isEmpty());
    }

    /** As whom a person is named anywhere in the plan. */
    Set<String> places(World world, Act.Wish wish, String person) {
        Set<String> as = new TreeSet<>();
        if (!excluded(world, wish).contains(person)) {
            for (Phase phase : world.plan.phases()) {
                phase.ways().forEach(way -> as.addAll(way.by()));
                phase.later().forEach(later -> as.addAll(later.by()));
            }
            as.removeIf(name -> !world.is(person, name));
        }
        return as;
    }

    /** In whose place a person stands: over at most three links, and never through somebody who may not vote. */
    Set<String> principals(World world, Act.Wish wish, String person) {
        Set<String> all = new TreeSet<>();
        Set<String> reached = Set.of(person);
        for (int link = 0; link < 3; link++) {
            Set<String> next = new TreeSet<>();
            for (Away each : world.away.values()) {
                if (reached.contains(each.other())
                        && !world.now.isBefore(each.from())
                        && world.now.isBefore(each.until())
                        && !excluded(world, wish).contains(each.principal())
                        && !each.principal().equals(person)
                        && !all.contains(each.principal())) {
                    next.add(each.principal());
                }
            }
            all.addAll(next);
            reached = next;
        }
        return all;
    }

    Course course(Plan plan, Request request, List<Ballot> votes) {
        Course course = new Course(new TreeMap<>(), new TreeMap<>());
        List<Integer> steps =
                plan.phases().stream().map(Phase::step).distinct().sorted().toList();
        course.opened().put(steps.get(0), request.begun);
        List<Ballot> approvals =
                votes.stream().filter(vote -> vote.verdict() == Verdict.APPROVE).toList();
        for (int i = 1; i <= approvals.size(); i++) {
            Instant at = approvals.get(i - 1).at();
            for (int k = 0; k < steps.size(); k++) {
                int step = steps.get(k);
                if (!course.filled().containsKey(step)
                        && course.opened().containsKey(step)
                        && filled(plan, request, course, step, approvals.subList(0, i), at)) {
                    course.filled().put(step, at);
                    if (k + 1 < steps.size()) {
                        course.opened().put(steps.get(k + 1), at);
                    }
                }
            }
        }
        return course;
    }

    private boolean filled(Plan plan, Request request, Course course, int upTo, List<Ballot> votes, Instant at) {
        List<Phase> phases =
                plan.phases().stream().filter(phase -> phase.step() <= upTo).toList();
        return seated(phases, votes.size(), (phaseAndWay, who) -> {
            Ballot vote = votes.get(who);
            return !disjoint(
                    named(plan, request, course, phaseAndWay.phase(), phaseAndWay.way(), vote.at(), at), vote.as());
        });
    }

    record Place(Phase phase, Choice way) {}

    /** Tries every way of every stage, and every person on every place. */
    boolean seated(List<Phase> phases, int people, BiPredicate<Place, Integer> fits) {
        return seated(phases, 0, new ArrayList<>(), people, fits);
    }

    private boolean seated(
            List<Phase> phases, int next, List<Place> places, int people, BiPredicate<Place, Integer> fits) {
        if (next == phases.size()) {
            return assigned(places, 0, new HashSet<>(), people, fits);
        }
        for (Choice way : phases.get(next).ways()) {
            List<Place> more = new ArrayList<>(places);
            for (int i = 0; i < way.people(); i++) {
                more.add(new Place(phases.get(next), way));
            }
            if (seated(phases, next + 1, more, people, fits)) {
                return true;
            }
        }
        return false;
    }

    private boolean assigned(
            List<Place> places, int next, Set<Integer> taken, int people, BiPredicate<Place, Integer> fits) {
        if (next == places.size()) {
            return true;
        }
        for (int who = 0; who < people; who++) {
            if (!taken.contains(who) && fits.test(places.get(next), who)) {
                Set<Integer> more = new HashSet<>(taken);
                if (onePersonOnePlace()) {
                    more.add(who);
                }
                if (assigned(places, next + 1, more, people, fits)) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean onePersonOnePlace() {
        return true;
    }

    /** Whom a way has named at some time within two instants. */
    Set<String> named(Plan plan, Request request, Course course, Phase phase, Choice way, Instant from, Instant to) {
        Set<String> by = new TreeSet<>(way.by());
        for (Later later : inOrder(phase)) {
            if (happened(plan, request, course, phase, later, to)) {
                if (later.instead() && happened(plan, request, course, phase, later, from)) {
                    by.clear();
                }
                by.addAll(later.by());
            }
        }
        return by;
    }

    private static List<Later> inOrder(Phase phase) {
        return phase.later().stream()
                .sorted((a, b) -> Integer.compare(a.after(), b.after()))
                .toList();
    }

    /** An escalation happens while its step is open: after its time, or at the first end of the request's. */
    boolean happened(Plan plan, Request request, Course course, Phase phase, Later later, Instant at) {
        Instant opened = course.opened().get(phase.step());
        if (opened == null) {
            return false;
        }
        Instant due = opened.plus(Duration.ofMinutes(later.after()));
        Instant first = request.extended.orElse(Instant.MAX);
        if (opened.isBefore(first) && first.isBefore(due)) {
            due = first;
        }
        Instant closed = course.filled().getOrDefault(phase.step(), Instant.MAX);
        return !at.isBefore(due) && !closed.isBefore(due);
    }

    /** Whom the stages name that have opened, now. */
    Set<String> open(World world, Request request) {
        Course course = course(world.plan, request, request.votes);
        Set<String> all = new TreeSet<>();
        for (Phase phase : world.plan.phases()) {
            if (isOpen(course, phase)) {
                phase.ways()
                        .forEach(way ->
                                all.addAll(named(world.plan, request, course, phase, way, world.now, world.now)));
            }
        }
        return all;
    }

    boolean isOpen(Course course, Phase phase) {
        return course.opened().containsKey(phase.step());
    }

    /** Whom stages name that are not open yet, and escalations that may still happen. */
    Set<String> later(World world, Request request) {
        Course course = course(world.plan, request, request.votes);
        Set<String> all = new TreeSet<>();
        for (Phase phase : world.plan.phases()) {
            if (!isOpen(course, phase)) {
                phase.ways().forEach(way -> all.addAll(way.by()));
            }
            all.addAll(toCome(world, request, course, phase));
        }
        return all;
    }

    private Set<String> toCome(World world, Request request, Course course, Phase phase) {
        Set<String> all = new TreeSet<>();
        if (course.filled().containsKey(phase.step())) {
            return all;
        }
        boolean oneMore = world.plan.end() == AtDecideBy.ESCALATE && request.extended.isEmpty();
        for (Later later : phase.later()) {
            Instant from = course.opened().getOrDefault(phase.step(), world.now);
            boolean inTime = from.plus(Duration.ofMinutes(later.after())).isBefore(world.lastsUntil(request));
            if (!happened(world.plan, request, course, phase, later, world.now) && (oneMore || inTime)) {
                all.addAll(later.by());
            }
        }
        return all;
    }

    /** Where a person may vote, or why not. */
    Seat seat(World world, Request request, String by) {
        Optional<String> who = world.person(by);
        if (who.isEmpty()) {
            return Seat.none(Reason.VOTER_UNRESOLVED);
        }
        String person = who.get();
        if (excluded(world, request.wish).contains(person) || nameless(world, request.wish)) {
            return Seat.none(Reason.SEPARATION_OF_DUTIES);
        }
        if (request.pending()
                && request.votes.stream().anyMatch(vote -> vote.person().equals(person))) {
            return Seat.none(Reason.ALREADY_VOTED);
        }
        Set<String> open = open(world, request);
        Set<String> later = later(world, request);
        Set<String> own = places(world, request.wish, person);
        if (!disjoint(own, open)) {
            return taken(request, person)
                    ? Seat.none(Reason.PLACE_TAKEN)
                    : new Seat(Reason.VOTE_COUNTED, own, Optional.empty());
        }
        boolean full = false;
        boolean early = !disjoint(own, later);
        for (String principal : principals(world, request.wish, person)) {
            Set<String> theirs = places(world, request.wish, principal);
            boolean isOpen = !disjoint(theirs, open);
            if (isOpen && !taken(request, principal)) {
                return new Seat(Reason.VOTE_COUNTED, theirs, Optional.of(principal));
            }
            full |= isOpen;
            early |= !disjoint(theirs, later);
        }
        return Seat.none(full ? Reason.PLACE_TAKEN : early ? Reason.NOT_OPEN_YET : Reason.VOTER_NOT_ELIGIBLE);
    }

    private static boolean taken(Request request, String person) {
        return request.pending()
                && request.votes.stream()
                        .anyMatch(vote ->
                                vote.person().equals(person) || vote.standsFor().equals(Optional.of(person)));
    }

    /** Whether those who approved, and those who can still vote, could fill every place. */
    boolean canStillFill(World world, Request request) {
        Course course = course(world.plan, request, request.votes);
        Set<String> spent = new TreeSet<>();
        List<Optional<Ballot>> votes = new ArrayList<>();
        List<Set<String>> people = new ArrayList<>();
        for (Ballot vote : request.votes) {
            spent.add(vote.person());
            vote.standsFor().ifPresent(spent::add);
            if (vote.verdict() == Verdict.APPROVE) {
                votes.add(Optional.of(vote));
                people.add(vote.as());
            }
        }
        for (String person : Staff.PEOPLE) {
            if (!spent.contains(person)) {
                votes.add(Optional.empty());
                people.add(places(world, request.wish, person));
            }
        }
        return seated(world.plan.phases(), people.size(), (place, who) -> {
            Instant since = votes.get(who).map(Ballot::at).orElse(world.now);
            Set<String> by =
                    new TreeSet<>(named(world.plan, request, course, place.phase(), place.way(), since, world.now));
            by.addAll(toCome(world, request, course, place.phase()));
            return !disjoint(by, people.get(who));
        });
    }

    /** Whether enough people are there for what is asked now. */
    boolean reachable(World world, Act.Wish wish) {
        List<Set<String>> people =
                Staff.PEOPLE.stream().map(person -> places(world, wish, person)).toList();
        return seated(world.plan.phases(), people.size(), (place, who) -> {
            Set<String> by = new TreeSet<>(place.way().by());
            place.phase().later().stream()
                    .filter(later -> world.plan.end() == AtDecideBy.ESCALATE || later.after() < world.plan.decide())
                    .forEach(later -> by.addAll(later.by()));
            return !disjoint(by, people.get(who));
        });
    }

    static boolean disjoint(Set<String> a, Set<String> b) {
        return a.stream().noneMatch(b::contains);
    }
}
