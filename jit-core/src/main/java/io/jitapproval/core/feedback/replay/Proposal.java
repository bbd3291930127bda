package io.jitapproval.core.feedback.replay;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.core.policy.Enforced;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A policy that somebody thinks of putting in force, with the models that it asks for evidence. Immutable.
 *
 * @param enforced what counts in the policy
 * @param fragment whether none of its documents has a default: what none of its rules speaks of stays as it was decided
 * @param models   the models by name
 */
public record Proposal(Enforced enforced, boolean fragment, Map<String, EvidenceModel> models) {

    private static final PolicyText NOTHING_ELSE = new PolicyText("(no default)", "{\"default\":\"deny\",\"rules\":[]}");

    /**
     * Copies the models.
     *
     * @param enforced as above
     * @param fragment as above
     * @param models   as above
     */
    public Proposal {
        models = Map.copyOf(models);
    }

    /**
     * A policy that is whole.
     *
     * @param policy the policy
     * @param models the models
     * @return the proposal
     * @throws IllegalArgumentException if two models have the same name
     */
    public static Proposal of(Policy policy, List<EvidenceModel> models) {
        return new Proposal(Enforced.of(policy), false, byName(models));
    }

    /**
     * Reads documents whose rules count together. If none of them says a default, they are a fragment.
     *
     * @param documents the documents; at least one
     * @param models    the models
     * @return the proposal
     * @throws JitConfigurationException with every fault of every document
     * @throws IllegalArgumentException  if two models have the same name
     */
    public static Proposal read(List<PolicyText> documents, List<EvidenceModel> models) {
        try {
            return of(Policy.parse(documents), models);
        } catch (JitConfigurationException whole) {
            List<PolicyText> ended = new ArrayList<>(documents);
            ended.add(NOTHING_ELSE);
            try {
                return new Proposal(Enforced.of(Policy.parse(ended)), true, byName(models));
            } catch (JitConfigurationException fragment) {
                throw hasDefault(fragment) ? whole : fragment;
            }
        }
    }

    /** Whether the default that was added for a fragment contradicts one that is there. */
    private static boolean hasDefault(JitConfigurationException fragment) {
        return fragment.problems().stream().map(ConfigurationProblem::code).anyMatch(Code.DEFAULTS_DIFFER.code()::equals);
    }

    private static Map<String, EvidenceModel> byName(List<EvidenceModel> models) {
        Map<String, EvidenceModel> byName = new TreeMap<>();
        for (EvidenceModel model : models) {
            EvidenceModel other = byName.putIfAbsent(model.modelName(), model);
            if (other != null && !other.equals(model)) {
                throw new IllegalArgumentException("two models call themselves '" + model.modelName() + "'");
            }
        }
        return byName;
    }
}
