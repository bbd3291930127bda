package io.jitapproval.core.policy;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.json.JsonMapper;

/** A policy and a question to it, as data: what the laws are tried on. */
record Situation(
        Object byDefault, List<Map<String, Object>> rules, Map<String, Object> definitions, Question question) {

    /** The answer of a resolver that throws. */
    static final Object FAILS = new Object() {
        @Override
        public String toString() {
            return "FAILS";
        }
    };

    static final Question NOTHING_ASKED = new Question(
            EvaluationRequest.of(Subject.user("ana"), Action.of("pay.refund"), Resource.NONE), Instant.EPOCH, Map.of());

    private static final JsonMapper MAPPER = new JsonMapper();

    /** A question: when it is asked, and what resolvers would answer. */
    record Question(EvaluationRequest request, Instant now, Map<String, Object> answers) {

        AttributeLookup lookup() {
            AttributeResolver resolver = (attribute, request) -> {
                Object answer = answers.get(attribute);
                if (answer == FAILS) {
                    throw new IllegalStateException("this resolver fails");
                }
                return Optional.ofNullable(answer);
            };
            return new AttributeLookup(List.of(resolver));
        }
    }

    Situation(Object byDefault, List<Map<String, Object>> rules, EvaluationRequest request, Instant now) {
        this(byDefault, rules, Map.of(), new Question(request, now, Map.of()));
    }

    EvaluationRequest request() {
        return question.request();
    }

    Instant now() {
        return question.now();
    }

    Situation asked(Question other) {
        return new Situation(byDefault, rules, definitions, other);
    }

    /** What a law looks at: all of a decision but the order of its rules and its explanation. */
    record Outcome(Reason reason, Set<String> rules, Optional<Requirement> requirement) {

        static Outcome of(Decision decision) {
            Optional<Requirement> requirement = Optional.empty();
            if (decision instanceof Decision.Permit permit) {
                requirement = permit.automatic();
            } else if (decision instanceof Decision.ApprovalRequired asked) {
                requirement = Optional.of(asked.requirement());
            }
            return new Outcome(decision.reason(), new TreeSet<>(decision.rules()), requirement);
        }

        boolean permits() {
            return reason == Reason.POLICY_ALLOWED || reason == Reason.AUTO_APPROVED;
        }
    }

    /** Anything that can decide: the engine, the reference, or a broken twin of it. */
    @FunctionalInterface
    interface Decider {
        Outcome decide(Situation situation);
    }

    static final Decider ENGINE = situation -> Outcome.of(situation
            .policy()
            .evaluate(situation.request(), situation.now(), situation.question().lookup()));

    Policy policy() {
        return Policy.parse(new PolicyText("generated.json", document()));
    }

    String document() {
        return MAPPER.writeValueAsString(data());
    }

    Map<String, Object> data() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("default", byDefault);
        document.putAll(definitions);
        document.put("rules", rules);
        return document;
    }

    Situation shuffled(long seed) {
        List<Map<String, Object>> other = new ArrayList<>(rules);
        Collections.shuffle(other, new Random(seed));
        return new Situation(byDefault, other, definitions, question);
    }

    Situation plus(Map<String, Object> rule) {
        List<Map<String, Object>> more = new ArrayList<>(rules);
        more.add(rule);
        return new Situation(byDefault, more, definitions, question);
    }

    /** Where every resolver that would answer fails. */
    Situation failing() {
        Map<String, Object> answers = new LinkedHashMap<>(question.answers());
        answers.replaceAll((path, answer) -> FAILS);
        return asked(new Question(request(), now(), answers));
    }

    /** Without one property, or a part of one, if there is any: the law's "removing information". */
    Situation without(Random random) {
        Subject subject = request().subject();
        Action action = request().action();
        Resource resource = request().resource();
        List<EvaluationRequest> poorer = new ArrayList<>();
        for (Map<String, Object> less : less(subject.properties())) {
            poorer.add(with(
                    new Subject(subject.type(), subject.id(), less),
                    action,
                    resource,
                    request().context()));
        }
        for (Map<String, Object> less : less(action.properties())) {
            poorer.add(with(
                    subject,
                    new Action(action.name(), less),
                    resource,
                    request().context()));
        }
        for (Map<String, Object> less : less(resource.properties())) {
            Resource other = new Resource(resource.type(), resource.id(), less);
            poorer.add(with(subject, action, other, request().context()));
        }
        for (Map<String, Object> less : less(request().context())) {
            poorer.add(with(subject, action, resource, less));
        }
        EvaluationRequest chosen = poorer.isEmpty() ? request() : poorer.get(random.nextInt(poorer.size()));
        return asked(new Question(chosen, now(), question.answers()));
    }

    private EvaluationRequest with(Subject subject, Action action, Resource resource, Map<String, Object> context) {
        return new EvaluationRequest(subject, List.of(), action, resource, context);
    }

    /** Each way to leave out one property, or a property of the objects in {@code meta} and {@code lines}. */
    private static List<Map<String, Object>> less(Map<String, Object> properties) {
        List<Map<String, Object>> ways = new ArrayList<>();
        properties.forEach((name, value) -> {
            Map<String, Object> less = new LinkedHashMap<>(properties);
            less.remove(name);
            ways.add(less);
            if (name.equals("meta") && value instanceof Map<?, ?> map) {
                less(Reference.map(map)).forEach(each -> ways.add(put(properties, name, each)));
            } else if (name.equals("lines") && value instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    int at = i;
                    if (list.get(i) instanceof Map<?, ?> map) {
                        less(Reference.map(map)).forEach(each -> {
                            List<Object> lines = new ArrayList<>(list);
                            lines.set(at, each);
                            ways.add(put(properties, name, lines));
                        });
                    }
                }
            }
        });
        return ways;
    }

    private static Map<String, Object> put(Map<String, Object> properties, String name, Object value) {
        Map<String, Object> other = new LinkedHashMap<>(properties);
        other.put(name, value);
        return other;
    }

    @Override
    public String toString() {
        EvaluationRequest request = request();
        return document() + "\n" + request.subject().id() + request.subject().properties() + " "
                + request.action().name() + request.action().properties() + " "
                + request.resource().ref()
                + request.resource().properties() + " " + request.context() + " at " + now() + " resolved "
                + question.answers();
    }
}
