package io.jitapproval.benchmarks;

import io.jitapproval.core.PolicySources;
import io.jitapproval.spi.PolicySource;
import java.util.Objects;

/** The policy of the task in documents of any size. */
final class Policies {

    /** In few characters: a document may have 16 MiB. */
    private static final String OTHER = "{\"id\":\"o%d\",\"actions\":[\"%s\"],\"effect\":\"allow\",\"when\":{\"all\":["
            + "{\"subject\":{\"hasRole\":\"SUPPORT\"}},{\"action.amount\":{\"atMost\":1000}}]}},%n";

    private static final String REFUNDS = """
            {"id": "support-small", "actions": ["payment.refund"], "effect": "allow",
             "when": {"all": [{"subject": {"hasRole": "SUPPORT"}}, {"action.amount": {"atMost": 1000}}]}},
            {"id": "finance-any", "actions": ["payment.refund"], "effect": "allow",
             "when": {"subject": {"hasRole": "FINANCE"}}}
            """;

    private static final String ASKED = """
            , {"id": "large", "actions": ["payment.refund"], "effect": "require-approval",
             "when": {"all": [{"action.amount": {"moreThan": 1000}}, {"not": {"subject": {"hasRole": "FINANCE"}}}]},
             "approval": {"by": {"role": "FINANCE_MANAGER"}},
             "grant": {"within": "P30D", "uses": 2147483647, "scope": "exact"}}
            """;

    /** For one tenant each. */
    private static final String OF_TENANT =
            "{\"id\":\"t%d\",\"actions\":[\"" + Task.ACTION + "\"],\"effect\":\"allow\",\"when\":"
                    + "{%s,\"subject\":{\"hasRole\":\"SUPPORT\"},\"action.amount\":{\"atMost\":1000}}},%n";

    private Policies() {}

    /** This many rules, of which the last two are about refunds; what they do not allow is denied. */
    static PolicySource standing(int rules) {
        return PolicySources.text("standing-" + rules, document(rules - 2, REFUNDS));
    }

    /** This many rules; what is too much for SUPPORT needs an approval, whose grant is for the exact call. */
    static PolicySource asking(int rules) {
        return PolicySources.text("asking-" + rules, document(rules - 3, REFUNDS + ASKED));
    }

    /** This many rules on the one action, each for a tenant of its own. */
    static PolicySource tenants(int rules) {
        return tenants(rules, "\"context.tenant\":{\"equals\":\"%s\"}");
    }

    /** The same in words that cannot be found by value, so that each rule is tested. */
    static PolicySource tenantsTested(int rules) {
        return tenants(rules, "\"not\":{\"context.tenant\":{\"notEquals\":\"%s\"}}");
    }

    private static PolicySource tenants(int rules, String comparison) {
        StringBuilder out = new StringBuilder("{\"default\": \"deny\", \"rules\": [\n");
        for (int i = 0; i < rules; i++) {
            out.append(Objects.requireNonNull(OF_TENANT.formatted(i, comparison.formatted(Task.tenant(i)))));
        }
        out.setLength(out.lastIndexOf(","));
        return PolicySources.text("tenants-" + rules, out.append("]}").toString());
    }

    private static String document(int others, String refunds) {
        StringBuilder out = new StringBuilder("{\"default\": \"deny\", \"rules\": [\n");
        for (int i = 0; i < others; i++) {
            out.append(Objects.requireNonNull(OTHER.formatted(i, Task.otherAction(i))));
        }
        return out.append(refunds).append("]}").toString();
    }
}
