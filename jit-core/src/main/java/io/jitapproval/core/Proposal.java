package io.jitapproval.core;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Ref;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A change of policy that the record supports, with everything that a person must see before accepting it. {@link SuggestionDesk#learn}
 * makes them.
 *
 * @param id            the same for the same change, whatever the evidence
 * @param action        the action that it is for
 * @param title         what is suggested, in one line
 * @param rules         the {@code auto-approve} rules that it adds, each a JSON object with {@code id}, a list of this one action,
 *                      {@code effect} and, if it has them, {@code resources}, {@code when} and {@code grant}
 * @param passed        whether its certificate passed
 * @param maxWrong      ε, the largest share of wrong approvals that was to be proved; between 0 and 1
 * @param confidence    1 − δ, how sure that is; between 0 and 1
 * @param checked       on how many decisions it was checked
 * @param covered       how many of these it lets through
 * @param wrong         how many of those people had denied
 * @param bound         the upper bound of the share of wrong ones
 * @param run           what was learnt together: proposals of one run share one δ
 * @param expires       until when it may be in force
 * @param beneficiaries whose past requests it would approve, and who acted for them; none of them accepts it. If it is empty, or one
 *                      has the id {@code ?}, nobody can accept it
 * @param why           the explanation, a sentence a line
 * @param against       the ids of decisions that it would approve and people denied
 * @param refusals      why it is not suggested; empty if it is
 * @param replay        what it would have changed in the past, in one line
 * @param model         the model that its rules name; empty if they need none
 */
public record Proposal(
        String id,
        String action,
        String title,
        List<String> rules,
        boolean passed,
        double maxWrong,
        double confidence,
        int checked,
        int covered,
        int wrong,
        double bound,
        String run,
        Instant expires,
        Set<Ref> beneficiaries,
        List<String> why,
        List<String> against,
        List<String> refusals,
        String replay,
        Optional<Model> model) {

    /**
     * A model as it was certified.
     *
     * @param name   what rules call it
     * @param sha256 the SHA-256 of its content in hexadecimal
     * @param json   its content
     */
    public record Model(String name, String sha256, String json) {

        /**
         * Checks that the content is what the hash says.
         *
         * @param name   as above
         * @param sha256 as above
         * @param json   as above
         * @throws IllegalArgumentException if it is not
         */
        public Model {
            requireNonNull(name, "name");
            if (!Proposal.sha256(json).equals(sha256)) {
                throw new IllegalArgumentException("the model " + name + " is not what its hash says");
            }
        }

        /** {@return its name and hash} */
        @Override
        public String toString() {
            return name + " " + sha256;
        }
    }

    /**
     * Checks the numbers and copies the collections.
     *
     * @param id            as above
     * @param action        as above
     * @param title         as above
     * @param rules         as above
     * @param passed        as above
     * @param maxWrong      as above
     * @param confidence    as above
     * @param checked       as above
     * @param covered       as above
     * @param wrong         as above
     * @param bound         as above
     * @param run           as above
     * @param expires       as above
     * @param beneficiaries as above
     * @param why           as above
     * @param against       as above
     * @param refusals      as above
     * @param replay        as above
     * @param model         as above
     * @throws IllegalArgumentException if a share is not between 0 and 1, or the id is blank
     */
    public Proposal {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a proposal's id must not be blank");
        }
        if (!(maxWrong > 0 && maxWrong < 1) || !(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "maxWrong and confidence must be between 0 and 1, but were " + maxWrong + " and " + confidence);
        }
        requireNonNull(action, "action");
        requireNonNull(title, "title");
        requireNonNull(run, "run");
        requireNonNull(expires, "expires");
        requireNonNull(replay, "replay");
        requireNonNull(model, "model");
        rules = List.copyOf(rules);
        beneficiaries = Set.copyOf(beneficiaries);
        why = List.copyOf(why);
        against = List.copyOf(against);
        refusals = List.copyOf(refusals);
    }

    /** {@return whether it passed, and its own numbers say so too} */
    public boolean isProved() {
        return passed && covered > 0 && bound <= maxWrong && refusals.isEmpty() && !rules.isEmpty();
    }

    /** {@return the SHA-256 of all that it says, in hexadecimal} */
    public String digest() {
        TreeSet<String> who = new TreeSet<>();
        beneficiaries.forEach(each -> who.add(each.toString()));
        List<Object> all = List.of(
                id,
                action,
                title,
                rules,
                passed,
                maxWrong,
                confidence,
                checked,
                covered,
                wrong,
                bound,
                run,
                expires,
                who,
                why,
                against,
                refusals,
                replay,
                model.map(Model::sha256));
        StringBuilder text = new StringBuilder();
        for (Object each : all) {
            String part = each.toString();
            text.append(part.length()).append(':').append(part);
        }
        return sha256(text.toString());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@return its id and title} */
    @Override
    public String toString() {
        return id + ": " + title;
    }
}
