package io.jitapproval.walls.model;

import io.jitapproval.Verdict;
import io.jitapproval.walls.model.Act.Inside;
import io.jitapproval.walls.model.Act.Narrow;
import io.jitapproval.walls.model.Act.Wish;
import io.jitapproval.walls.model.Plan.Later;
import io.jitapproval.walls.model.Plan.Phase;
import io.jitapproval.walls.model.World.Given;
import io.jitapproval.walls.model.World.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A deed as it is drawn: the numbers choose among what there is when it is done.
 *
 * @param what  what is done
 * @param which to which request, or at which moment
 * @param who   by whom
 * @param how   how
 * @param fault what fails meanwhile
 */
record Deed(What what, int which, int who, int how, Fault fault) {

    enum What {
        CALL,
        VOTE,
        PASS,
        SUBMIT,
        TAKE_BACK,
        WITHDRAW,
        CHANGE,
        INFORM,
        STAND_IN,
        GIVE_BACK,
        REVOKE,
        REVOKE_MANY,
        ROLES,
        LOOK
    }

    private static final List<Verdict> VERDICTS =
            List.of(Verdict.APPROVE, Verdict.APPROVE, Verdict.APPROVE, Verdict.DENY, Verdict.ABSTAIN);
    private static final List<Narrow> NARROW = List.of(
            Narrow.NOT, Narrow.NOT, Narrow.NOT, Narrow.ONE_USE, Narrow.EXACT, Narrow.HALF_AS_LONG, Narrow.WIDER);
    private static final List<Inside> INSIDE = List.of(
            Inside.NOTHING,
            Inside.NOTHING,
            Inside.NOTHING,
            Inside.FAILS,
            Inside.REVOKES_EVERYTHING,
            Inside.CALLS_AGAIN);
    private static final List<Duration> STARTS = List.of(
            Duration.ZERO, Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofNanos(-1), Duration.ofDays(32));
    private static final List<Duration> FROM = List.of(Duration.ZERO, Duration.ofMinutes(-5), Duration.ofMinutes(5));
    private static final List<Duration> UNTIL = List.of(
            Duration.ofMinutes(10), Duration.ofMinutes(30), Duration.ofMinutes(5), Duration.ZERO, Duration.ofDays(40));

    Act in(World world) {
        Optional<Integer> request = requestOf(world);
        Optional<Integer> granted = grantOf(world);
        return switch (what) {
            case CALL -> call(world);
            case SUBMIT -> new Act.Submit(wish(world), pick(STARTS, who / 7));
            case VOTE ->
                request.<Act>map(number -> new Act.Cast(
                                number,
                                voter(world, number),
                                pick(VERDICTS, how),
                                pick(NARROW, how / 5),
                                how / 35 % 4 == 3))
                        .orElseGet(() -> call(world));
            case TAKE_BACK ->
                request.<Act>map(number -> new Act.TakeBack(number, pick(Staff.VOTERS, who)))
                        .orElseGet(() -> call(world));
            case WITHDRAW ->
                request.<Act>map(number -> new Act.Withdraw(number, by(world, number)))
                        .orElseGet(() -> call(world));
            case INFORM ->
                request.<Act>map(number -> new Act.Inform(number, by(world, number)))
                        .orElseGet(() -> call(world));
            case CHANGE ->
                request.<Act>map(number -> new Act.Change(number, changed(world.requests.get(number).wish, world)))
                        .orElseGet(() -> call(world));
            case GIVE_BACK ->
                granted.<Act>map(number -> new Act.GiveBack(number, by(world, number)))
                        .orElseGet(() -> call(world));
            case REVOKE -> granted.<Act>map(Act.Revoke::new).orElseGet(() -> call(world));
            case REVOKE_MANY ->
                switch (how % 3) {
                    case 0 -> new Act.RevokeEverything();
                    case 1 -> new Act.RevokeFor(how / 3 % 2 == 0 ? "pay" : "ship");
                    default -> new Act.RevokeOf(pick(List.of("user/ana", "user/tom", "user/mia"), who));
                };
            case STAND_IN ->
                how % 6 == 5
                        ? new Act.Back(pick(Staff.VOTERS, who))
                        : new Act.StandIn(
                                pick(Staff.VOTERS, who),
                                pick(Staff.VOTERS, which),
                                pick(FROM, how),
                                pick(UNTIL, how / 3));
            case ROLES ->
                new Act.Roles(pick(Staff.PEOPLE, who), pick(List.of("FINANCE", "AUDIT", "CFO"), which), how % 2 == 0);
            case LOOK -> new Act.Look(pick(Staff.VOTERS, who));
            case PASS -> new Act.Pass(moment(world));
        };
    }

    private static <T> T pick(List<T> all, int number) {
        return all.get(number % all.size());
    }

    private Optional<Integer> requestOf(World world) {
        int size = world.requests.size();
        return size == 0 ? Optional.empty() : Optional.of(size - 1 - which % 7 % size);
    }

    private Optional<Integer> grantOf(World world) {
        List<Integer> all = world.requests.stream()
                .filter(each -> each.grant.isPresent())
                .map(each -> each.number)
                .toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(pick(all, which));
    }

    /** Most often somebody who may. */
    private String voter(World world, int request) {
        List<String> may = Staff.VOTERS.stream()
                .filter(voter -> who % 4 != 3
                        && new Rules()
                                .seat(world, world.requests.get(request), voter)
                                .free())
                .toList();
        return pick(may.isEmpty() ? Staff.VOTERS : may, who / 4);
    }

    private String by(World world, int request) {
        return how % 4 == 3 ? pick(Staff.VOTERS, who) : pick(asThey(world.requests.get(request).wish), how);
    }

    private static List<String> asThey(Wish wish) {
        return List.of(
                wish.by(),
                wish.by().equals("user/ana") ? "slack/U-ana" : wish.by(),
                wish.through().isEmpty() ? wish.by() : wish.through());
    }

    /** Most often what somebody wanted before. */
    private Wish wish(World world) {
        if (!world.requests.isEmpty() && how / 6 % 6 != 5) {
            Wish before = world.requests.get(requestOf(world).orElseThrow()).wish;
            return how / 36 % 6 == 5
                    ? new Wish(before.by(), before.through(), before.action(), before.item(), 7)
                    : before;
        }
        return new Wish(
                pick(Staff.CALLERS, who),
                pick(Staff.ACTORS, who / 6),
                how / 7 % 3 == 2 ? "ship" : "pay",
                how / 5 % 3 == 2 ? "b" : "a",
                5);
    }

    private Wish changed(Wish was, World world) {
        return switch (how % 5) {
            case 3 -> wish(world);
            case 4 -> new Wish(was.by(), was.through(), was.action(), was.item().equals("a") ? "b" : "a", was.amount());
            default -> new Wish(was.by(), was.through(), was.action(), was.item(), 5 + how / 5 % 3);
        };
    }

    private Act call(World world) {
        Inside inside =
                fault.kind() == Fault.Kind.NONE ? pick(INSIDE, how) : how % 6 == 3 ? Inside.FAILS : Inside.NOTHING;
        return new Act.Call(wish(world), inside);
    }

    /** Some minutes later; or the moment at which something begins or ends, or the nanosecond before or after it. */
    private Instant moment(World world) {
        TreeSet<Instant> moments = new TreeSet<>();
        for (Request request : world.requests) {
            if (request.pending()) {
                moments.add(request.decideBy);
                moments.add(world.lastsUntil(request));
                for (Phase phase : world.plan.phases()) {
                    for (Later later : phase.later()) {
                        moments.add(request.begun.plus(Duration.ofMinutes(later.after())));
                    }
                }
            }
            request.grant.filter(Given::active).ifPresent(grant -> {
                moments.add(grant.notBefore);
                moments.add(grant.useBy);
                grant.until.ifPresent(moments::add);
            });
        }
        moments.addAll(world.coolsUntil.values());
        world.away.values().forEach(each -> {
            moments.add(each.from());
            moments.add(each.until());
        });
        moments.removeIf(moment -> !moment.minusNanos(1).isAfter(world.now));
        if (moments.isEmpty() || how % 4 == 3) {
            return world.now.plus(Duration.ofMinutes(1 + which % 20));
        }
        return pick(List.copyOf(moments), which).plusNanos(how % 4 - 1);
    }
}
