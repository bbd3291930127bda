package io.jitapproval.walls.simulation;

import static io.jitapproval.walls.simulation.SteppedTime.START;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Attempt;
import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.Vote;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What the actors of a schedule do; the random numbers say who is there. */
enum Scene implements Script {
    /** Votes, a denial, a withdrawal and the decide-by fall together; two wait. */
    VOTES {
        @Override
        public void begin(World world, SplittableRandom random) {
            ApprovalRequest request = world.asked("void");
            actor(world, "mia", () -> vote(world, 0, request, "mia"));
            actor(world, "tom", () -> vote(world, 1, request, "tom"));
            int more = random.nextInt(8);
            if ((more & 1) != 0) {
                actor(world, "zoe", () -> deny(world, 1, request, "zoe"));
            }
            if ((more & 2) != 0) {
                actor(
                        world,
                        "ana-withdraws",
                        () -> world.guarded(() -> world.node(0).approvals().withdraw(request.id(), World.ANA)));
            }
            if ((more & 4) != 0) {
                actor(
                        world,
                        "tom-takes-back",
                        () -> world.guarded(() -> world.node(0).approvals().takeBack(request.id(), Ref.user("tom"))));
            }
            waiters(world, random, request);
            clock(world, random, START.plus(World.DECIDE_WITHIN));
        }
    },
    /** Uses on two nodes, while somebody takes the grant away and its time runs out. */
    USES {
        @Override
        public void begin(World world, SplittableRandom random) {
            ApprovalRequest request = world.approved(random.nextBoolean() ? "void" : "pay");
            String grant = request.grantId().orElseThrow();
            for (int i = 0; i < 3; i++) {
                int node = i;
                actor(world, "user-" + i, () -> world.call(node, request.action(), Duration.ZERO));
            }
            switch (random.nextInt(6)) {
                case 0 -> actor(world, "revoker", () -> world.revoke(1, grant));
                case 1 -> actor(world, "revoker", () -> world.revokeAll(1));
                case 2 ->
                    actor(
                            world,
                            "returner",
                            () -> world.guarded(() -> world.node(1).grants().giveBack(grant, World.ANA)));
                case 3 -> actor(world, "denier", () -> deny(world, 1, request, "zoe"));
                default -> {}
            }
            clock(world, random, START.plus(random.nextBoolean() ? World.USE_WITHIN : World.WITHIN));
        }
    },
    /** Two equal calls wait on two nodes; one is asked for, and gets what a single use allows. */
    ASK {
        @Override
        public void begin(World world, SplittableRandom random) {
            actor(world, "caller-0", () -> world.call(0, "pay", Duration.ofMinutes(20)));
            actor(world, "caller-1", () -> world.call(1, "pay", Duration.ofMinutes(20)));
            boolean denies = random.nextInt(3) == 0;
            actor(world, "mia", () -> {
                ApprovalRequest request = world.waitForRequest();
                if (request != null && denies) {
                    deny(world, 0, request, "mia");
                } else if (request != null) {
                    vote(world, 0, request, "mia");
                }
            });
            clock(world, random, START.plus(World.DECIDE_WITHIN));
        }
    },
    /** The requester changes the request while people vote on what they were shown. */
    CHANGE {
        @Override
        public void begin(World world, SplittableRandom random) {
            ApprovalRequest request = world.asked("void");
            actor(world, "mia", () -> vote(world, 0, request, "mia"));
            actor(world, "tom", () -> {
                ApprovalRequest seen =
                        world.node(1).approvals().find(request.id()).orElseThrow();
                vote(world, 1, seen, "tom");
            });
            actor(world, "zoe", () -> {
                ApprovalRequest seen =
                        world.node(0).approvals().find(request.id()).orElseThrow();
                vote(world, 0, seen, "zoe");
            });
            actor(
                    world,
                    "ana-changes",
                    () -> world.guarded(() -> {
                        Attempt other = world.node(0)
                                .attempt("void")
                                .by(Subject.user("ana"))
                                .with("amount", 7);
                        other.changing(request.id()).submit();
                    }));
            waiters(world, random, request);
            clock(world, random, START.plus(World.DECIDE_WITHIN));
        }
    },
    /** Calls that hold no thread, and a stage that wants to know the end. */
    LATER {
        @Override
        public void begin(World world, SplittableRandom random) {
            ApprovalRequest request = world.asked("void");
            actor(world, "caller-0", () -> world.callLater(0, "void", Duration.ofHours(2)));
            actor(world, "caller-1", () -> world.callLater(1, "void", Duration.ofHours(2)));
            actor(
                    world,
                    "listener",
                    () -> world.answers.add(
                            world.node(1).request(request.id()).whenEnded().toCompletableFuture()));
            actor(world, "mia", () -> vote(world, 1, request, "mia"));
            boolean denies = random.nextInt(3) == 0;
            actor(world, "tom", () -> {
                if (denies) {
                    deny(world, 0, request, "tom");
                } else {
                    vote(world, 0, request, "tom");
                }
            });
            clock(world, random, START.plus(World.DECIDE_WITHIN));
        }
    },
    /** A kept call that any node may run, once. */
    KEPT {
        @Override
        public void begin(World world, SplittableRandom random) {
            actor(world, "ana", () -> world.keep(0));
            int how = random.nextInt(4);
            actor(world, "mia", () -> {
                ApprovalRequest request = world.waitForRequest();
                if (request != null && how == 0) {
                    deny(world, 1, request, "mia");
                } else if (request != null) {
                    vote(world, 1, request, "mia");
                }
                if (request != null && how == 1) {
                    deny(world, 0, request, "zoe");
                }
                if (how == 2) {
                    world.revokeAll(0);
                }
            });
            clock(world, random, START.plus(random.nextBoolean() ? World.USE_WITHIN : World.DECIDE_WITHIN));
        }
    },
    /** Who is asked later may vote from that instant on, and not before. */
    ESCALATION {
        @Override
        public void begin(World world, SplittableRandom random) {
            ApprovalRequest request = world.asked("slow");
            actor(world, "ada", () -> vote(world, 1, request, "ada"));
            if (random.nextBoolean()) {
                actor(world, "mia", () -> vote(world, 0, request, "mia"));
            } else {
                actor(world, "ada-again", () -> vote(world, 0, request, "ada"));
            }
            waiters(world, random, request);
            clock(world, random, START.plus(random.nextInt(3) == 0 ? World.DECIDE_WITHIN : World.ESCALATES));
        }
    },
    /** The second step opens when the first is filled, and closes when a vote is taken back. */
    STEPS {
        @Override
        public void begin(World world, SplittableRandom random) {
            ApprovalRequest request = world.asked("steps");
            actor(world, "mia", () -> vote(world, 0, request, "mia"));
            actor(world, "ada", () -> vote(world, 1, request, "ada"));
            actor(world, "ada-again", () -> vote(world, 0, request, "ada"));
            if (random.nextBoolean()) {
                actor(
                        world,
                        "mia-takes-back",
                        () -> world.guarded(() -> world.node(1).approvals().takeBack(request.id(), Ref.user("mia"))));
                actor(world, "tom", () -> vote(world, 1, request, "tom"));
            }
            waiters(world, random, request);
            clock(world, random, START.plus(World.DECIDE_WITHIN));
        }
    };

    static void actor(World world, String name, Runnable deeds) {
        world.conductor.spawn(name, deeds);
    }

    static void vote(World world, int node, ApprovalRequest request, String voter) {
        world.cast(node, Vote.approve(request, Ref.user(voter)), request.id());
    }

    static void deny(World world, int node, ApprovalRequest request, String voter) {
        world.cast(node, Vote.deny(request, Ref.user(voter), "no"), request.id());
    }

    private static void waiters(World world, SplittableRandom random, ApprovalRequest request) {
        int who = random.nextInt(4);
        if ((who & 1) != 0) {
            actor(world, "caller", () -> world.call(0, request.action(), Duration.ofHours(2)));
        }
        if ((who & 2) != 0) {
            actor(
                    world,
                    "waiter",
                    () -> world.guarded(
                            () -> world.node(1).request(request.id()).await(Duration.ofHours(2))));
        }
    }

    /** Steps that end exactly at an instant, or right before. */
    private static void clock(World world, SplittableRandom random, Instant end) {
        List<Instant> steps = new ArrayList<>();
        switch (random.nextInt(5)) {
            case 0 -> steps.add(end);
            case 1 -> steps.addAll(List.of(end.minusNanos(1), end));
            case 2 -> steps.addAll(List.of(START.plusSeconds(7), end));
            case 3 -> steps.addAll(List.of(START.plusSeconds(7), START.plusSeconds(14)));
            default -> {}
        }
        if (!steps.isEmpty()) {
            world.conductor.spawn("clock", true, () -> {
                for (Instant step : steps) {
                    world.conductor.pause(() -> "moves to " + step);
                    world.time.moveTo(step);
                }
            });
        }
    }
}
