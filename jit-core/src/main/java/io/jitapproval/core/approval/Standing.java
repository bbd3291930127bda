package io.jitapproval.core.approval;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.CastVote;
import io.jitapproval.Course;
import io.jitapproval.Escalation;
import io.jitapproval.Note;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Way;
import io.jitapproval.core.approval.Quorum.Places;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a request stands at an instant: which stages have opened when, which escalations have happened to them, and whether they are filled.
 * All of it follows from the votes that count, in their order: each rank is run through again, from the asking or the latest change on.
 * Escalations change who may vote, never how many have to.
 */
final class Standing {

    private final ApprovalRequest request;
    private final Instant now;
    private final List<CastVote> approvals;

    /** When each rank opened that has opened, and when those were filled that are. */
    private final TreeMap<Integer, Instant> opened = new TreeMap<>();

    private final TreeMap<Integer, Instant> closed = new TreeMap<>();

    private Standing(ApprovalRequest request, Instant now) {
        this.request = request;
        this.now = now;
        this.approvals = request.votes().stream()
                .filter(vote -> vote.verdict() == Verdict.APPROVE)
                .toList();
    }

    static Standing of(ApprovalRequest request, Instant now) {
        Standing standing = new Standing(request, now);
        standing.run();
        return standing;
    }

    static int firstRank(Requirement requirement) {
        return requirement.stages().stream().mapToInt(Stage::rank).min().orElse(1);
    }

    private void run() {
        List<Integer> ranks = List.copyOf(new TreeSet<>(
                request.requirement().stages().stream().map(Stage::rank).toList()));
        if (ranks.isEmpty()) {
            return;
        }
        int open = 0;
        opened.put(ranks.get(0), begun());
        for (int counted = 1; counted <= approvals.size(); counted++) {
            Instant at = approvals.get(counted - 1).at();
            while (open < ranks.size() && filled(ranks.get(open), approvals.subList(0, counted), at)) {
                closed.put(ranks.get(open), at);
                open++;
                if (open < ranks.size()) {
                    opened.put(ranks.get(open), at);
                }
            }
        }
    }

    private Instant begun() {
        Instant begun = request.createdAt();
        for (Note note : request.notes()) {
            if (note.kind() == Note.Kind.CHANGE) {
                begun = note.at();
            }
        }
        return begun;
    }

    private boolean filled(int rank, List<CastVote> votes, Instant at) {
        List<List<Places>> stages = new ArrayList<>();
        for (Stage stage : request.requirement().stages()) {
            if (stage.rank() <= rank) {
                stages.add(places(stage, votes, (way, vote) -> accepts(stage, way, vote, at)));
            }
        }
        return Quorum.filled(stages, votes.size());
    }

    @FunctionalInterface
    private interface Fit<P> {
        boolean test(Way way, P person);
    }

    private static <P> List<Places> places(Stage stage, List<P> people, Fit<P> fit) {
        return stage.ways().stream()
                .map(way -> Places.of(way.people(), people, person -> fit.test(way, person)))
                .toList();
    }

    /** Whether a vote counts for a way: the stage has named the voter, as whom they were then, at some time since they voted. */
    private boolean accepts(Stage stage, Way way, CastVote vote, Instant at) {
        Set<ApproverSelector> by = new LinkedHashSet<>(way.by());
        for (Escalation escalation : happened(stage, at)) {
            if (escalation.replaces() && !due(stage, escalation).isAfter(vote.at())) {
                by.clear();
            }
            by.addAll(escalation.by());
        }
        return !Collections.disjoint(by, vote.as());
    }

    /** When an escalation of a stage that has opened is due. */
    private Instant due(Stage stage, Escalation escalation) {
        Instant start = opened.getOrDefault(stage.rank(), now);
        Instant due = start.plus(escalation.after());
        if (request.progress().extended()) {
            Instant extended = request.decideBy().minus(request.requirement().decideWithin());
            return start.isBefore(extended) && extended.isBefore(due) ? extended : due;
        }
        return due;
    }

    /** Those that have happened to a stage up to an instant: while its rank was open. */
    private List<Escalation> happened(Stage stage, Instant at) {
        if (stage.escalations().isEmpty() || !opened.containsKey(stage.rank())) {
            return List.of();
        }
        Instant end = closed.getOrDefault(stage.rank(), at);
        Instant last = end.isBefore(at) ? end : at;
        return stage.escalations().stream()
                .filter(escalation -> !due(stage, escalation).isAfter(last))
                .toList();
    }

    /** {@return whether every stage is filled} */
    boolean isFilled() {
        return closed.size() == opened.size() && opened.size() == ranks();
    }

    private long ranks() {
        return request.requirement().stages().stream()
                .mapToInt(Stage::rank)
                .distinct()
                .count();
    }

    /** The rank that is open; the last one if all are filled. */
    int rank() {
        return opened.isEmpty() ? 1 : opened.lastKey();
    }

    Instant openedAt() {
        return opened.isEmpty() ? begun() : opened.lastEntry().getValue();
    }

    /** The time of the latest escalation that has happened to the stages of the open rank. */
    Duration waited() {
        Duration waited = Duration.ZERO;
        for (Stage stage : open()) {
            for (Escalation escalation : happened(stage, now)) {
                waited = waited.compareTo(escalation.after()) < 0 ? escalation.after() : waited;
            }
        }
        return waited;
    }

    private List<Stage> open() {
        return request.requirement().stages().stream()
                .filter(stage -> stage.rank() == rank())
                .toList();
    }

    /** The escalations of the open stages whose time lies within bounds, the lower one excluded. */
    List<Escalation> escalations(Duration above, Duration upTo) {
        return open().stream()
                .flatMap(stage -> stage.escalations().stream())
                .filter(escalation -> escalation.after().compareTo(above) > 0
                        && escalation.after().compareTo(upTo) <= 0)
                .toList();
    }

    /** When the next escalation of the open stages is due, after those that took so long. */
    Optional<Instant> nextDue(Duration after) {
        return open().stream()
                .flatMap(stage -> stage.escalations().stream()
                        .filter(escalation -> escalation.after().compareTo(after) > 0)
                        .map(escalation -> due(stage, escalation)))
                .min(Instant::compareTo);
    }

    /** Whom the stages name that are open: those of the open rank and of the ranks before it. */
    Set<ApproverSelector> openTo() {
        Set<ApproverSelector> all = new LinkedHashSet<>();
        for (Stage stage : request.requirement().stages()) {
            if (opened.containsKey(stage.rank())) {
                stage.ways().forEach(way -> all.addAll(namedNow(stage, way)));
            }
        }
        return all;
    }

    private Set<ApproverSelector> namedNow(Stage stage, Way way) {
        Set<ApproverSelector> by = new LinkedHashSet<>(way.by());
        for (Escalation escalation : happened(stage, now)) {
            if (escalation.replaces()) {
                by.clear();
            }
            by.addAll(escalation.by());
        }
        return by;
    }

    /** Whom stages name that are not open yet, and escalations that are still to come. */
    Set<ApproverSelector> laterTo() {
        Set<ApproverSelector> all = new LinkedHashSet<>();
        for (Stage stage : request.requirement().stages()) {
            if (!opened.containsKey(stage.rank())) {
                all.addAll(stage.by());
            }
            all.addAll(toCome(stage));
        }
        return all;
    }

    /** Whom escalations name that may still happen to a stage before the request ends. */
    private Set<ApproverSelector> toCome(Stage stage) {
        Set<ApproverSelector> all = new LinkedHashSet<>();
        boolean isOpen = opened.containsKey(stage.rank());
        if (closed.containsKey(stage.rank())) {
            return all;
        }
        List<Escalation> past = happened(stage, now);
        boolean escalates = request.requirement().course().atDecideBy() == Course.AtDecideBy.ESCALATE
                && !request.progress().extended();
        for (Escalation escalation : stage.escalations()) {
            Instant due = isOpen ? due(stage, escalation) : now.plus(escalation.after());
            if (!past.contains(escalation) && (escalates || due.isBefore(request.lastsUntil()))) {
                all.addAll(escalation.by());
            }
        }
        return all;
    }

    /** Whether every place can still be filled, by those who have approved and by those who can still vote. */
    boolean canFill(Electorate electorate) {
        if (request.requirement().votes().unreachable()) {
            return false;
        }
        Set<String> spent = new LinkedHashSet<>();
        request.votes().forEach(vote -> {
            spent.add(vote.person());
            vote.standsFor().ifPresent(spent::add);
        });
        List<Object> people = new ArrayList<>(approvals);
        for (Map.Entry<String, Set<ApproverSelector>> each : electorate.as().entrySet()) {
            if (!spent.contains(each.getKey())) {
                people.add(each.getValue());
            }
        }
        List<List<Places>> stages = new ArrayList<>();
        for (Stage stage : request.requirement().stages()) {
            Set<ApproverSelector> later = toCome(stage);
            stages.add(places(stage, people, (way, person) -> {
                if (person instanceof CastVote vote) {
                    return accepts(stage, way, vote, now) || !Collections.disjoint(later, vote.as());
                }
                Collection<?> as = (Collection<?>) person;
                return !Collections.disjoint(namedNow(stage, way), as) || !Collections.disjoint(later, as);
            }));
        }
        return Quorum.filled(stages, people.size());
    }

    /** Whether every place could be filled some day of a request that is asked now. */
    static boolean canEverFill(Electorate electorate) {
        Requirement requirement = electorate.requirement();
        boolean escalates = requirement.course().atDecideBy() == Course.AtDecideBy.ESCALATE;
        List<Set<ApproverSelector>> people = List.copyOf(electorate.as().values());
        List<List<Places>> stages = new ArrayList<>();
        for (Stage stage : requirement.stages()) {
            Set<ApproverSelector> later = new LinkedHashSet<>();
            stage.escalations().stream()
                    .filter(each -> escalates || each.after().compareTo(requirement.decideWithin()) < 0)
                    .forEach(each -> later.addAll(each.by()));
            stages.add(places(
                    stage,
                    people,
                    (way, as) -> !Collections.disjoint(way.by(), as) || !Collections.disjoint(later, as)));
        }
        return !requirement.votes().unreachable() && Quorum.filled(stages, people.size());
    }
}
