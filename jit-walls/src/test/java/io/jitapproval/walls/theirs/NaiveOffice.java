package io.jitapproval.walls.theirs;

import io.jitapproval.ApproverSelector;
import io.jitapproval.Escalation;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Shown;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An approval workflow as it is written in an afternoon. Without a bug it passes every check; with one it must fail that of the bug. */
final class NaiveOffice implements Office {

    /** What products get wrong. */
    enum Bug {
        EACH_STAGE_COUNTS_ALONE,
        EXACTLY_THE_NUMBER,
        LATE_APPROVAL_WINS,
        TIMEOUT_IS_DENIAL,
        OLD_VERSION_IS_FINE,
        OLD_ARGUMENTS_ARE_FINE,
        VOTES_SURVIVE_A_CHANGE,
        NOBODY_ELSE,
        LAST_WRITER_WINS,
        ANY_ORDER,
        STAND_IN_FOR_ONESELF,
        STAND_IN_IS_ANOTHER_VOTE,
        WAITS_IN_VAIN,
        ESCALATION_APPROVES
    }

    private final Set<Bug> bugs;
    private final Requirement required;
    private final House.Directory people = new House.Directory();
    private final Map<String, Verdict> votes = new LinkedHashMap<>();
    private final Map<String, String> standIns = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private Duration passed = Duration.ZERO;
    private int version = 1;
    private int amount = 100;
    private String state = "pending";

    NaiveOffice(Set<Bug> bugs, Requirement required) {
        this.bugs = bugs;
        this.required = required;
    }

    private boolean has(Bug bug) {
        return bugs.contains(bug);
    }

    @Override
    public Shown look() {
        return new Shown(version, "amount " + amount);
    }

    @Override
    public boolean vote(String who, Verdict verdict, Shown shown) {
        tick();
        boolean late = has(Bug.LATE_APPROVAL_WINS) && state.equals("denied") && verdict == Verdict.APPROVE;
        boolean seen = (shown.version() == version || has(Bug.OLD_VERSION_IS_FINE))
                && (shown.digest().equals("amount " + amount) || has(Bug.OLD_ARGUMENTS_ARE_FINE));
        Optional<String> place = place(who);
        if ((!state.equals("pending") && !late) || !seen || place.isEmpty()) {
            return false;
        }
        used.add(place.get());
        votes.put(has(Bug.STAND_IN_IS_ANOTHER_VOTE) ? who : place.get(), verdict);
        if (verdict == Verdict.DENY) {
            state = "denied";
        } else if (filled(votes, Integer.MAX_VALUE)) {
            state = "approved";
        } else if (!has(Bug.WAITS_IN_VAIN) && !reachable()) {
            state = "failed";
        }
        return true;
    }

    /** In whose place somebody votes; none if they may not. */
    private Optional<String> place(String who) {
        boolean isRequester = who.equals("ana");
        if (!isRequester && mayVote(who) && !used.contains(who)) {
            return votes.containsKey(who) ? Optional.empty() : Optional.of(who);
        }
        return standIns.entrySet().stream()
                .filter(each -> each.getValue().equals(who)
                        && (!isRequester || has(Bug.STAND_IN_FOR_ONESELF))
                        && !each.getKey().equals("ana")
                        && mayVote(each.getKey())
                        && (!used.contains(each.getKey()) || has(Bug.STAND_IN_IS_ANOTHER_VOTE)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private boolean mayVote(String who) {
        for (Stage stage : required.stages()) {
            boolean open = has(Bug.ANY_ORDER) || stage.rank() == 1 || filled(votes, stage.rank() - 1);
            if (open && stage.ways().stream().anyMatch(way -> names(stage, way, who))) {
                return true;
            }
        }
        return false;
    }

    private boolean names(Stage stage, Way way, String who) {
        Set<ApproverSelector> by = new LinkedHashSet<>(way.by());
        for (Escalation each : stage.escalations()) {
            if (passed.compareTo(each.after()) >= 0 && !has(Bug.NOBODY_ELSE)) {
                by.addAll(each.by());
            }
        }
        String principal = standIns.entrySet().stream()
                .filter(each ->
                        has(Bug.STAND_IN_IS_ANOTHER_VOTE) && each.getValue().equals(who))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(who);
        return by.stream()
                .anyMatch(selector -> people.named(selector).stream()
                        .anyMatch(
                                person -> person.id().equals(who) || person.id().equals(principal)));
    }

    private boolean filled(Map<String, Verdict> cast, int upTo) {
        List<String> yes = cast.entrySet().stream()
                .filter(each -> each.getValue() == Verdict.APPROVE)
                .map(Map.Entry::getKey)
                .toList();
        List<Stage> stages =
                required.stages().stream().filter(stage -> stage.rank() <= upTo).toList();
        if (has(Bug.EACH_STAGE_COUNTS_ALONE) || has(Bug.EXACTLY_THE_NUMBER)) {
            return stages.stream()
                    .allMatch(stage -> stage.ways().stream().anyMatch(way -> {
                        long count = yes.stream()
                                .filter(who -> names(stage, way, who))
                                .count();
                        return has(Bug.EXACTLY_THE_NUMBER) ? count == way.people() : count >= way.people();
                    }));
        }
        return seat(stages, 0, new TreeSet<>(yes));
    }

    /** Tries everything. */
    private boolean seat(List<Stage> stages, int index, Set<String> free) {
        if (index == stages.size()) {
            return true;
        }
        Stage stage = stages.get(index);
        return stage.ways().stream()
                .anyMatch(way -> subsets(List.copyOf(free), way.people()).stream()
                        .anyMatch(some -> {
                            Set<String> rest = new TreeSet<>(free);
                            rest.removeAll(some);
                            return some.stream().allMatch(who -> names(stage, way, who))
                                    && seat(stages, index + 1, rest);
                        }));
    }

    private static List<List<String>> subsets(List<String> all, int size) {
        if (size == 0) {
            return List.of(List.of());
        }
        List<List<String>> found = new ArrayList<>();
        for (int i = 0; i <= all.size() - size; i++) {
            for (List<String> rest : subsets(all.subList(i + 1, all.size()), size - 1)) {
                List<String> one = new ArrayList<>(List.of(all.get(i)));
                one.addAll(rest);
                found.add(one);
            }
        }
        return found;
    }

    private boolean reachable() {
        Map<String, Verdict> best = new LinkedHashMap<>(votes);
        for (String who : List.of("mia", "tom", "zoe", "eva", "kai")) {
            best.putIfAbsent(who, Verdict.APPROVE);
        }
        return filled(best, Integer.MAX_VALUE);
    }

    @Override
    public void approveAtOnce(List<String> all) {
        if (!has(Bug.LAST_WRITER_WINS)) {
            all.forEach(this::approve);
            return;
        }
        // Each reads, then each writes what it read and its own vote.
        Map<String, Verdict> read = Map.copyOf(votes);
        for (String who : all) {
            votes.clear();
            votes.putAll(read);
            approve(who);
        }
    }

    @Override
    public void inform(String text) {
        version++;
    }

    @Override
    public void change(int other) {
        version++;
        amount = other;
        if (!has(Bug.VOTES_SURVIVE_A_CHANGE)) {
            votes.clear();
            used.clear();
        }
    }

    @Override
    public boolean standIn(String principal, String standIn) {
        standIns.put(principal, standIn);
        return true;
    }

    @Override
    public void pass(Duration time) {
        passed = passed.plus(time);
        tick();
    }

    private void tick() {
        boolean escalated = required.stages().stream()
                .flatMap(stage -> stage.escalations().stream())
                .anyMatch(each -> passed.compareTo(each.after()) >= 0);
        if (state.equals("pending") && escalated && has(Bug.ESCALATION_APPROVES)) {
            state = "approved";
        }
        if (state.equals("pending") && passed.compareTo(required.decideWithin()) >= 0) {
            state = Office.denies(required) || has(Bug.TIMEOUT_IS_DENIAL) ? "denied" : "expired";
        }
    }

    @Override
    public String state() {
        return state;
    }

    @Override
    public Optional<Reason> outcome() {
        boolean said = votes.containsValue(Verdict.DENY);
        return switch (state) {
            case "denied" ->
                Optional.of(said || has(Bug.TIMEOUT_IS_DENIAL) ? Reason.APPROVAL_DENIED : Reason.DENIED_BY_TIMEOUT);
            case "approved" -> Optional.of(Reason.APPROVED);
            case "expired" -> Optional.of(Reason.APPROVAL_EXPIRED);
            case "failed" -> Optional.of(Reason.APPROVAL_UNREACHABLE);
            default -> Optional.empty();
        };
    }

    @Override
    public void close() {}
}
