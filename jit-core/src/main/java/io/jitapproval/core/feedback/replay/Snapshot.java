package io.jitapproval.core.feedback.replay;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.spi.AttributeResolver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers for what a decision of the past lacks: evidence by the models, and of everything else whether there was none, or whether
 * nobody can tell. Set to one decision after the other, by one thread.
 */
final class Snapshot implements AttributeResolver {

    private static final String EVIDENCE = "evidence.";
    private static final String ARGUMENTS = "action.*";

    private final Census census;
    private final Map<String, EvidenceModel> models = new HashMap<>();
    private final Map<String, String> without = new HashMap<>();
    private @Nullable PastDecision past;
    private @Nullable String why;

    /** What cannot be told; the engine makes it unknown, which never loosens. */
    @SuppressWarnings("serial") // never written
    private static final class Untold extends RuntimeException {

        private static final Untold IT = new Untold();

        private Untold() {
            super("nobody can tell", null, false, false);
        }
    }

    Snapshot(Proposal proposal, Census census) {
        this.census = census;
        proposal.enforced().models().forEach((name, hashes) -> {
            EvidenceModel model = proposal.models().get(name);
            if (model == null) {
                without.put(name, "there is no model " + Words.quote(name) + ", which the policy asks");
            } else if (!isOneOf(model, hashes)) {
                without.put(name, "the model " + Words.quote(name) + " is another than the policy names");
            } else {
                models.put(name, model);
            }
        });
    }

    private static boolean isOneOf(EvidenceModel model, Set<String> hashes) {
        return hashes.isEmpty() || hashes.contains(model.sha256());
    }

    void look(PastDecision decision) {
        past = decision;
        why = null;
    }

    /** Why the answer may depend on what nobody can tell; null if it does not. */
    @Nullable
    String why() {
        return why;
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) {
        if (attribute.startsWith(EVIDENCE)) {
            return evidence(attribute, request);
        }
        PastDecision of = past;
        if (of == null) {
            throw Untold.IT;
        }
        Map<String, @Nullable Object> more = of.more();
        if (!more.isEmpty()) {
            if (names(more, "unknown", attribute)) {
                // Nor could the guard tell.
                throw Untold.IT;
            }
            boolean argument = attribute.startsWith("action.") && names(more, "unknown", ARGUMENTS);
            if (argument || names(more, "hidden", attribute) || names(more, "cut", attribute)) {
                throw untold(attribute + " was hidden or cut");
            }
            if (names(more, "cut", argumentsOrAttributes(attribute))) {
                throw untold(attribute + " was cut");
            }
        }
        if (!census.isRecorded(attribute, of)) {
            throw untold(attribute + " is not on record");
        }
        return Optional.empty();
    }

    private static String argumentsOrAttributes(String attribute) {
        return attribute.startsWith("action.") ? "arguments" : "attributes";
    }

    /** A path, one above it, or a root. */
    private static boolean names(Map<String, @Nullable Object> more, String field, String attribute) {
        if (!(more.get(field) instanceof List<?> paths)) {
            return false;
        }
        for (Object path : paths) {
            if (path instanceof String text
                    && (attribute.equals(text) || attribute.startsWith(text) && attribute.charAt(text.length()) == '.')) {
                return true;
            }
        }
        return false;
    }

    private Untold untold(String reason) {
        if (why == null) {
            why = reason;
        }
        return Untold.IT;
    }

    private Optional<Object> evidence(String attribute, EvaluationRequest request) {
        String name = attribute.substring(EVIDENCE.length(), attribute.lastIndexOf('.'));
        EvidenceModel model = models.get(name);
        if (model == null) {
            throw untold(without.getOrDefault(name, Flip.NOBODY_SAYS));
        }
        return model.resolve(attribute, request);
    }

    @Override
    public Duration timeLimit() {
        return Duration.ZERO;
    }

    @Override
    public String name() {
        return "the record";
    }
}
