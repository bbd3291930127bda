package io.jitapproval.core.policy;

import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code grant}. */
final class GrantReader {

    static final List<String> GRANT = FieldOrder.GRANT.names();
    static final List<String> SCOPES =
            Arrays.stream(GrantScope.values()).map(GrantScope::word).toList();
    static final List<String> CLOCKS =
            Arrays.stream(GrantClock.values()).map(GrantClock::word).toList();

    private GrantReader() {}

    /** What a grant gives and how long the approval may stay unused. */
    record Given(GrantTerms terms, Duration useWithin) {}

    /** What a rule gives that answers in people's place. Merged with what others ask, it only narrows the grant. */
    static Optional<Requirement> automatic(@Nullable Node grant, Problems problems) {
        Given given = given(grant, problems);
        return Optional.of(new Requirement(
                Set.of(), Requirement.LONGEST_DECIDE_WITHIN, given.useWithin(), given.terms(), false, false));
    }

    static Given given(@Nullable Node node, Problems problems) {
        GrantTerms preset = GrantTerms.DEFAULT;
        Fields fields = node == null ? null : Fields.of(node, problems, "'grant'", GRANT);
        if (fields == null) {
            return new Given(preset, preset.within());
        }
        Duration within = Lengths.read(fields, "within", preset.within(), GrantTerms.LONGEST, problems);
        Duration useWithin = Lengths.read(fields, "useWithin", within, GrantTerms.LONGEST, problems);
        int uses = fields.number("uses", preset.uses(), Integer.MAX_VALUE);
        String scope = fields.word("scope", SCOPES);
        String clock = fields.word("from", CLOCKS);
        return new Given(
                new GrantTerms(
                        Stream.of(GrantScope.values())
                                .filter(each -> each.word().equals(scope))
                                .findFirst()
                                .orElse(preset.scope()),
                        within,
                        uses,
                        Stream.of(GrantClock.values())
                                .filter(each -> each.word().equals(clock))
                                .findFirst()
                                .orElse(preset.clock())),
                useWithin);
    }
}
