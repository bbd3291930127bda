package io.jitapproval.core.policy;

import io.jitapproval.Action;
import io.jitapproval.Decision;
import io.jitapproval.EvaluationRequest;
import io.jitapproval.Reason;
import io.jitapproval.Requirement;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
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
record Situation(Object byDefault, List<Map<String, Object>> rules, EvaluationRequest request, Instant now) {

    private static final JsonMapper MAPPER = new JsonMapper();

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

    static final Decider ENGINE = situation ->
            Outcome.of(situation.policy().evaluate(situation.request(), situation.now(), AttributeLookup.NONE));

    Policy policy() {
        return Policy.parse(new PolicyText("generated.json", document()));
    }

    String document() {
        return MAPPER.writeValueAsString(data());
    }

    Map<String, Object> data() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("default", byDefault);
        document.put("rules", rules);
        return document;
    }

    Situation shuffled(long seed) {
        List<Map<String, Object>> other = new ArrayList<>(rules);
        Collections.shuffle(other, new Random(seed));
        return new Situation(byDefault, other, request, now);
    }

    Situation plus(Map<String, Object> rule) {
        List<Map<String, Object>> more = new ArrayList<>(rules);
        more.add(rule);
        return new Situation(byDefault, more, request, now);
    }

    /** Without one property, if there is any: the law's "removing information". */
    Situation without(Random random) {
        List<EvaluationRequest> poorer = new ArrayList<>();
        Subject subject = request.subject();
        for (String name : subject.properties().keySet()) {
            Subject less = new Subject(subject.type(), subject.id(), less(subject.properties(), name));
            poorer.add(with(less, request.action(), request.resource(), request.context()));
        }
        for (String name : request.action().properties().keySet()) {
            Action less =
                    new Action(request.action().name(), less(request.action().properties(), name));
            poorer.add(with(subject, less, request.resource(), request.context()));
        }
        Resource resource = request.resource();
        for (String name : resource.properties().keySet()) {
            Resource less = new Resource(resource.type(), resource.id(), less(resource.properties(), name));
            poorer.add(with(subject, request.action(), less, request.context()));
        }
        for (String name : request.context().keySet()) {
            poorer.add(with(subject, request.action(), resource, less(request.context(), name)));
        }
        EvaluationRequest chosen = poorer.isEmpty() ? request : poorer.get(random.nextInt(poorer.size()));
        return new Situation(byDefault, rules, chosen, now);
    }

    private EvaluationRequest with(Subject subject, Action action, Resource resource, Map<String, Object> context) {
        return new EvaluationRequest(subject, List.of(), action, resource, context);
    }

    private static Map<String, Object> less(Map<String, Object> properties, String name) {
        Map<String, Object> less = new LinkedHashMap<>(properties);
        less.remove(name);
        return less;
    }

    @Override
    public String toString() {
        return document() + "\n" + request.subject().id() + request.subject().properties() + " "
                + request.action().name() + request.action().properties() + " "
                + request.resource().ref()
                + request.resource().properties() + " " + request.context() + " at " + now;
    }
}
