package io.jitapproval.walls.model;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApproverSelector;
import io.jitapproval.Course.AtDecideBy;
import io.jitapproval.Grant;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.Shown;
import io.jitapproval.spi.AuditRecord;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.AuditSink;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.InlineAuditSink;
import io.jitapproval.spi.Journal;
import io.jitapproval.spi.PeopleDirectory;
import io.jitapproval.spi.Person;
import io.jitapproval.walls.grants.Altered;
import io.jitapproval.walls.grants.Till;
import io.jitapproval.walls.model.Plan.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Engines with a flaw, put there from outside; and models with a rule turned round, against the engine as it is. */
final class Twins {

    static final Twin END_IS_INCLUSIVE = new Twin() {
        @Override
        Moves model() {
            Rules rules = new Rules();
            return new Moves(rules, new Requests(rules), new Grants(rules) {
                @Override
                boolean over(Instant end, Instant now) {
                    return now.isAfter(end);
                }
            });
        }
    };

    static final Twin CLOCK_FROM_REQUEST = giving((request, grant) -> Altered.timed(
            grant,
            grant.notBefore(),
            grant.useBy(),
            grant.expiresAt().map(end -> request.createdAt().plus(grant.terms().within()))));

    static final Twin SCOPE_IS_ACTION = giving((request, grant) -> Altered.termed(
            grant,
            new GrantTerms(
                    GrantScope.ACTION,
                    grant.terms().within(),
                    grant.terms().uses(),
                    grant.terms().clock())));

    static final Twin ACCOUNT_IS_PERSON = new Twin() {
        @Override
        PeopleDirectory people(PeopleDirectory people) {
            return new PeopleDirectory() {
                @Override
                public Optional<Person> find(Ref identity) throws Exception {
                    return people.find(identity)
                            .map(person -> identity.type().equals("slack") ? account(person) : person);
                }

                private static Person account(Person person) {
                    return new Person("U-" + person.id(), person.name(), person.roles(), person.groups());
                }

                @Override
                public Collection<Person> named(ApproverSelector selector) throws Exception {
                    List<Person> all = new ArrayList<>(people.named(selector));
                    people.named(selector).forEach(person -> all.add(account(person)));
                    return all;
                }
            };
        }
    };

    static final Twin ROLES_ARE_KEPT = new Twin() {
        @Override
        PeopleDirectory people(PeopleDirectory people) {
            Map<Ref, Optional<Person>> found = new ConcurrentHashMap<>();
            Map<ApproverSelector, Collection<Person>> named = new ConcurrentHashMap<>();
            return new PeopleDirectory() {
                @Override
                public Optional<Person> find(Ref identity) throws Exception {
                    found.putIfAbsent(identity, people.find(identity));
                    return found.get(identity);
                }

                @Override
                public Collection<Person> named(ApproverSelector selector) throws Exception {
                    named.putIfAbsent(selector, people.named(selector));
                    return named.get(selector);
                }
            };
        }
    };

    static final Twin VOTES_SURVIVE_A_CHANGE = changing((before, after) ->
            after.version() > before.version() && after.votes().isEmpty()
                    ? after.with(copy -> copy.votes(before.votes()))
                    : after);

    static final Twin STEPS_ARE_ALL_OPEN = planned(plan -> plan.withPhases(plan.phases().stream()
            .map(phase -> new Phase(1, phase.ways(), phase.later()))
            .distinct()
            .toList()));

    static final Twin NEVER_ESCALATES = planned(plan -> plan.withPhases(plan.phases().stream()
            .map(phase -> new Phase(phase.step(), phase.ways(), List.of()))
            .toList()));

    static final Twin TIMEOUT_IS_DENIAL =
            planned(plan -> plan.end() == AtDecideBy.EXPIRE ? plan.withEnd(AtDecideBy.DENY) : plan);

    static final Twin LATE_APPROVAL_WINS = planned(plan -> plan.withDenials(9));

    static final Twin NO_COOL_DOWN = planned(plan -> plan.withCoolDown(0));

    static final Twin REVOKES_NOT_ALL = stored(store -> new ForwardingGrantStore(store) {
        @Override
        public void voidGrants(Voiding which, Function<Instant, List<AuditRecord>> records, Journal journal) {
            super.voidGrants(
                    which.equals(Voiding.EVERYTHING)
                            ? new Voiding(Optional.of(Ref.user("ana")), Optional.of("pay"))
                            : which,
                    records,
                    journal);
        }
    });

    static final Twin STALE_VOTES_COUNT = new Twin() {
        @Override
        Shown shown(boolean stale, Shown first, Shown now) {
            return now;
        }
    };

    static final Twin FAILURE_GIVES_BACK = stored(store -> new ForwardingGrantStore(store) {
        @Override
        public <R> Optional<R> changeGrant(String id, Change<Grant, R> change, Journal journal) {
            return super.changeGrant(
                    id,
                    (grant, now) -> {
                        Step<Grant, R> step = change.apply(grant, now);
                        boolean failed = step.records().stream()
                                .anyMatch(record -> record.kind() == Kind.USE_ENDED
                                        && "failed".equals(record.details().get("outcome")));
                        return failed && step.next() != null ? with(step, unused(step.next())) : step;
                    },
                    journal);
        }
    });

    /** Says that it is on record when it is not. */
    static final Twin SILENT_SINK = new Twin() {
        @Override
        AuditSink sink(AuditSink sink) {
            return (InlineAuditSink) records -> {
                try {
                    sink.append(records);
                } catch (Failing.Broken lost) {
                    return;
                }
            };
        }
    };

    static final Twin FAILS_OPEN = new Twin() {
        @Override
        String instead(String refused, Act act, List<String> ran) {
            if (act instanceof Act.Call call && refused.contains("unavailable")) {
                ran.add(call.wish().toString());
                return "ran";
            }
            return refused;
        }
    };

    static final Twin REQUESTER_COUNTS = modelled(new Rules() {
        @Override
        Set<String> excluded(World world, Act.Wish wish) {
            return Set.of();
        }
    });

    static final Twin ONE_PERSON_TWO_PLACES = modelled(new Rules() {
        @Override
        boolean onePersonOnePlace() {
            return false;
        }
    });

    static final Twin NOBODY_STANDS_IN = modelled(new Rules() {
        @Override
        Set<String> principals(World world, Act.Wish wish, String person) {
            return Set.of();
        }
    });

    static final Twin WIDEST_FIRST = new Twin() {
        @Override
        Moves model() {
            Rules rules = new Rules();
            return new Moves(rules, new Requests(rules), new Grants(rules) {
                @Override
                boolean before(World.Given a, World.Given b) {
                    return super.before(b, a);
                }
            });
        }
    };

    static final Twin USES_ARE_NOT_COUNTED = new Twin() {
        @Override
        Moves model() {
            Rules rules = new Rules();
            return new Moves(rules, new Requests(rules), new Grants(rules) {
                @Override
                void begin(World world, World.Given grant) {
                    grant.until = Optional.of(grant.until.orElse(world.now.plus(grant.terms.within())));
                }
            });
        }
    };

    private Twins() {}

    private static Twin stored(UnaryOperator<GrantStore> breaking) {
        return new Twin() {
            @Override
            GrantStore store(GrantStore store) {
                return breaking.apply(store);
            }
        };
    }

    private static Twin giving(java.util.function.BiFunction<ApprovalRequest, Grant, Grant> other) {
        return stored(Till.giving(other));
    }

    private static Twin changing(java.util.function.BinaryOperator<ApprovalRequest> other) {
        return stored(store -> new ForwardingGrantStore(store) {
            @Override
            public <R> Optional<R> changeRequest(String id, Change<ApprovalRequest, R> change, Journal journal) {
                return super.changeRequest(
                        id,
                        (request, now) -> {
                            Step<ApprovalRequest, R> step = change.apply(request, now);
                            return step.next() == null ? step : with(step, other.apply(request, step.next()));
                        },
                        journal);
            }
        });
    }

    private static Twin planned(UnaryOperator<Plan> other) {
        return new Twin() {
            @Override
            Plan plan(Plan plan) {
                return other.apply(plan);
            }
        };
    }

    private static Twin modelled(Rules rules) {
        return new Twin() {
            @Override
            Moves model() {
                return new Moves(rules);
            }
        };
    }

    private static <S, R> GrantStore.Step<S, R> with(GrantStore.Step<S, R> step, S next) {
        return new GrantStore.Step<>(
                next, step.grant(), step.records(), step.messages(), step.entries(), step.result());
    }

    private static Grant unused(Grant grant) {
        return new Grant(
                grant.id(),
                grant.requestId(),
                Grant.State.ACTIVE,
                grant.subject(),
                grant.actors(),
                grant.action(),
                grant.resource(),
                grant.terms(),
                grant.requirement(),
                grant.policy(),
                grant.binding(),
                grant.matchKey(),
                grant.approvedBy(),
                grant.automatic(),
                grant.grantedAt(),
                grant.notBefore(),
                grant.useBy(),
                grant.expiresAt(),
                grant.uses() - 1,
                grant.open(),
                grant.voided());
    }
}
