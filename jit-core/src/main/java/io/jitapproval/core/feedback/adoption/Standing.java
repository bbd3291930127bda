package io.jitapproval.core.feedback.adoption;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.FiledSuggestion.State;
import io.jitapproval.core.Proposal;
import io.jitapproval.core.Proposal.Model;
import io.jitapproval.core.SuggestionSettings;
import io.jitapproval.core.feedback.evidence.EvidenceModel;
import io.jitapproval.core.policy.Policy;
import io.jitapproval.spi.AttributeResolver;
import io.jitapproval.spi.GrantStore;
import io.jitapproval.spi.PolicySource;
import io.jitapproval.spi.StoreEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents of the application with one more, in which the rules stand that were accepted, and as shadows those that are watched; and
 * what their models say. Whatever does not fit the application's documents is left out: these always count.
 */
public final class Standing implements PolicySource, AttributeResolver {

    private static final Logger LOG = LoggerFactory.getLogger(Standing.class);
    private static final String ROOT = "evidence.";

    private final PolicySource base;
    private final GrantStore store;
    private final Kept kept;
    private final SuggestionSettings settings;
    private volatile Map<String, EvidenceModel> models = Map.of();
    private volatile Map<String, String> leftOut = Map.of();

    /**
     * A source beside the application's.
     *
     * @param base     the application's documents
     * @param store    where the suggestions are kept
     * @param settings how they are handled
     */
    public Standing(PolicySource base, GrantStore store, SuggestionSettings settings) {
        this.base = base;
        this.store = store;
        this.kept = new Kept(store, settings);
        this.settings = settings;
    }

    /** The application's own policy as it is now. */
    Policy base() {
        try {
            return Policy.parse(base.load());
        } catch (JitConfigurationException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the policy cannot be read", e);
        }
    }

    /** Why rules of a proposal cannot stand beside the application's documents and what stands there; empty if they can. */
    String whyNotBeside(Proposal proposal) {
        try {
            List<PolicyText> documents = new ArrayList<>(base.load());
            List<String> rules = new ArrayList<>(proposal.rules());
            Instant now = store.now();
            for (StoreEntry entry : store.entries(Filed.KIND)) {
                Filed filed = Filed.of(entry);
                if (!filed.id().equals(proposal.id()) && stands(filed, now)) {
                    kept.proposal(filed.proposal()).ifPresent(other -> rules.addAll(other.rules()));
                }
            }
            documents.add(RuleLine.document(rules));
            Policy.parse(documents);
            return "";
        } catch (JitConfigurationException e) {
            return String.valueOf(e.getMessage());
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new IllegalStateException("the policy cannot be read", e);
        }
    }

    private static boolean stands(Filed filed, Instant now) {
        return filed.isInForce(now) || filed.stateAt(now) == State.SHADOW;
    }

    @Override
    public List<PolicyText> load() throws Exception {
        List<PolicyText> documents = base.load();
        Policy policy = Policy.parse(documents);
        Instant now = store.now();
        Map<String, EvidenceModel> named = new HashMap<>();
        Map<String, String> out = new LinkedHashMap<>();
        List<String> rules = new ArrayList<>();
        for (StoreEntry entry : store.entries(Filed.KIND)) {
            Filed filed = Filed.of(entry);
            if (!stands(filed, now)) {
                continue;
            }
            Optional<Proposal> proposal = kept.proposal(filed.proposal());
            String why = proposal.map(what -> Closing.why(policy, what.action(), now))
                    .orElse("its text or its model is gone");
            if (!why.isEmpty() || proposal.isEmpty()) {
                out.put(filed.id(), why);
                continue;
            }
            proposal.get().model().ifPresent(model -> read(model, named));
            rules.addAll(rules(filed, proposal.get()));
        }
        List<PolicyText> all = new ArrayList<>(documents);
        if (!rules.isEmpty()) {
            all.add(RuleLine.document(rules));
            try {
                Policy.parse(all);
            } catch (JitConfigurationException e) {
                all.remove(all.size() - 1);
                out.put("all", "they do not fit the policy: " + e.getMessage());
            }
        }
        models = Map.copyOf(named);
        tell(out);
        return all;
    }

    private List<String> rules(Filed filed, Proposal proposal) {
        Instant until = filed.until();
        return proposal.rules().stream()
                .map(rule -> until == null
                        ? RuleLine.shadow(rule)
                        : RuleLine.inForce(rule, proposal, filed, until, settings.auditShare()))
                .toList();
    }

    private void tell(Map<String, String> out) {
        if (!out.equals(leftOut)) {
            leftOut = Map.copyOf(out);
            out.forEach((id, why) -> LOG.warn("Suggestion {} does not stand: {}", id, why));
        }
    }

    private static void read(Model model, Map<String, EvidenceModel> named) {
        named.computeIfAbsent(model.name(), name -> EvidenceModel.of("model " + name, model.json()));
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    @Override
    public Optional<Object> resolve(String attribute, EvaluationRequest request) {
        int end = attribute.indexOf('.', ROOT.length());
        EvidenceModel model =
                end < 0 || !attribute.startsWith(ROOT) ? null : models.get(attribute.substring(ROOT.length(), end));
        return model == null ? Optional.empty() : model.resolve(attribute, request);
    }

    @Override
    public String name() {
        return "accepted models";
    }

    /** {@return zero: it only counts, on the thread of the call} */
    @Override
    public Duration timeLimit() {
        return Duration.ZERO;
    }
}
