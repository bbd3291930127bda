package io.jitapproval.core.policy;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.TreeReader;
import io.jitapproval.core.policy.DocumentReader.Read;
import io.jitapproval.spi.PolicySource.PolicyText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns documents into one policy, or tells every fault in all of them at once. */
final class PolicyReader {

    private PolicyReader() {}

    /** What the documents of one policy have to agree on. */
    static final class Shared {

        private final boolean alone;
        private final Map<String, String> ids = new HashMap<>();
        private String origin = "";

        Shared(boolean alone) {
            this.alone = alone;
        }

        /** Whether the policy has one document only. */
        boolean isAlone() {
            return alone;
        }

        /** Takes an id for a rule; null, or where the rule stands that has it already. */
        @Nullable
        String claim(String id, Node.Place place) {
            String line = "line " + place.line();
            return ids.putIfAbsent(id, alone ? line : line + " of " + origin);
        }

        /** The document that is being read. */
        String origin() {
            return origin;
        }
    }

    static Policy read(List<PolicyText> documents) {
        if (documents.isEmpty()) {
            throw new IllegalArgumentException("a policy has at least one document");
        }
        Shared shared = new Shared(documents.size() == 1);
        List<ConfigurationProblem> faults = new ArrayList<>();
        List<Read> all = new ArrayList<>();
        for (PolicyText document : documents) {
            Problems problems = new Problems(document);
            shared.origin = document.origin();
            Node root = TreeReader.read(document, problems);
            Read read = root == null ? null : new DocumentReader(problems, shared).read(root);
            if (read != null) {
                byDefault(all, read, problems);
                all.add(read);
            }
            faults.addAll(problems.found());
        }
        if (faults.isEmpty() && all.stream().allMatch(read -> read.byDefault() == null)) {
            Problems problems = new Problems(documents.get(0));
            problems.add(
                    Code.MISSING,
                    all.get(0).root(),
                    "none of the documents has a 'default': write " + DocumentReader.DEFAULT_EXAMPLE
                            + " in one of them");
            faults.addAll(problems.found());
        }
        if (!faults.isEmpty()) {
            throw new JitConfigurationException(faults);
        }
        return new Policy(
                Canonical.version(all.stream().map(Read::root).toList()),
                all.stream().flatMap(read -> read.rules().stream()).toList(),
                all.stream().map(Read::asks).flatMap(Optional::stream).findFirst());
    }

    /** A second default has to say what the first one says. */
    private static void byDefault(List<Read> before, Read read, Problems problems) {
        Node mine = read.byDefault();
        if (mine == null) {
            return;
        }
        for (Read each : before) {
            Node other = each.byDefault();
            if (other != null && !Canonical.text(other).equals(Canonical.text(mine))) {
                problems.add(
                        Code.DEFAULTS_DIFFER,
                        mine,
                        "the 'default' differs from the one in " + each.origin() + " line "
                                + other.place().line() + ": say it once, in one document");
                return;
            }
        }
    }
}
