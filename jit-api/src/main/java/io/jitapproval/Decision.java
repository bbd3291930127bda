package io.jitapproval;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * The answer of policy. Only {@link Permit} lets anything run; {@link ApprovalRequired} is a denial that people can turn
 * into a permit.
 */
public sealed interface Decision {

    /** The three kinds of answer, for a {@code switch}. */
    enum Kind {
        /** It may run. */
        PERMIT,
        /** It may not run. */
        DENY,
        /** It may not run before people agree. */
        APPROVAL_REQUIRED
    }

    /** {@return which of the three it is} */
    Kind kind();

    /** {@return why} */
    Reason reason();

    /** {@return the ids of the rules that decided, in the document's order; empty if the default decided} */
    List<String> rules();

    /** {@return the version of the policy: the hash of its content} */
    String policy();

    /**
     * What policy wants done with this answer. A guard does it for what it runs or denies; whoever only asks for the decision
     * does it themselves.
     *
     * @return the obligations of the rules that decided, in the document's order, equal ones once; may be empty
     */
    List<Obligation> obligations();

    /** {@return what became of the rules that decided} */
    Explanation explanation();

    /**
     * The action may run.
     *
     * @param reason      {@link Reason#POLICY_ALLOWED} or {@link Reason#AUTO_APPROVED}
     * @param rules       the rules that decided
     * @param policy      the version of the policy
     * @param automatic   for {@link Reason#AUTO_APPROVED}, the requirement that the rules answered, with the terms of the
     *                    grant they give
     * @param obligations what policy wants done with this answer
     * @param explanation what became of the rules
     */
    record Permit(
            Reason reason,
            List<String> rules,
            String policy,
            Optional<Requirement> automatic,
            List<Obligation> obligations,
            Explanation explanation)
            implements Decision {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param reason      as above
         * @param rules       as above
         * @param policy      as above
         * @param automatic   as above
         * @param obligations as above
         * @param explanation as above
         */
        public Permit {
            requireNonNull(reason, "reason");
            rules = List.copyOf(rules);
            requireNonNull(policy, "policy");
            requireNonNull(automatic, "automatic");
            obligations = List.copyOf(obligations);
            requireNonNull(explanation, "explanation");
        }

        @Override
        public Kind kind() {
            return Kind.PERMIT;
        }
    }

    /**
     * The action may not run.
     *
     * @param reason      {@link Reason#POLICY_DENIED}, {@link Reason#NO_RULE_MATCHED}, or {@link Reason#OBLIGATION_UNKNOWN}
     *                    for what would be permitted otherwise
     * @param rules       the rules that decided
     * @param policy      the version of the policy
     * @param obligations what policy wants done with this answer
     * @param explanation what became of the rules
     */
    record Deny(Reason reason, List<String> rules, String policy, List<Obligation> obligations, Explanation explanation)
            implements Decision {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param reason      as above
         * @param rules       as above
         * @param policy      as above
         * @param obligations as above
         * @param explanation as above
         */
        public Deny {
            requireNonNull(reason, "reason");
            rules = List.copyOf(rules);
            requireNonNull(policy, "policy");
            obligations = List.copyOf(obligations);
            requireNonNull(explanation, "explanation");
        }

        @Override
        public Kind kind() {
            return Kind.DENY;
        }
    }

    /**
     * The action may not run before people agree.
     *
     * @param requirement what their agreement needs: that of all matching rules together
     * @param rules       the rules that decided
     * @param policy      the version of the policy
     * @param obligations what policy wants done with this answer
     * @param explanation what became of the rules
     */
    record ApprovalRequired(
            Requirement requirement,
            List<String> rules,
            String policy,
            List<Obligation> obligations,
            Explanation explanation)
            implements Decision {

        /**
         * Checks that everything is there and copies the lists.
         *
         * @param requirement as above
         * @param rules       as above
         * @param policy      as above
         * @param obligations as above
         * @param explanation as above
         */
        public ApprovalRequired {
            requireNonNull(requirement, "requirement");
            rules = List.copyOf(rules);
            requireNonNull(policy, "policy");
            obligations = List.copyOf(obligations);
            requireNonNull(explanation, "explanation");
        }

        @Override
        public Kind kind() {
            return Kind.APPROVAL_REQUIRED;
        }

        /** {@return always {@link Reason#APPROVAL_REQUIRED}} */
        @Override
        public Reason reason() {
            return Reason.APPROVAL_REQUIRED;
        }
    }
}
