package io.jitapproval.core.channel;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.ApprovalRequestBuilder;
import io.jitapproval.ApproverSelector;
import io.jitapproval.CastVote;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.PreviewLine;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.ShownArgument;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.spi.Person;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests for tests. */
final class Requests {

    static final Instant CREATED = Instant.parse("2026-11-21T07:01:12Z");
    static final Instant NOW = CREATED.plusSeconds(19);
    static final Person MIA = new Person("mia", "Mia", Set.of("FINANCE_MANAGER"), Set.of());
    static final Person TOM = new Person("tom", "Tom", Set.of("FINANCE_MANAGER"), Set.of());

    static final GrantTerms THREE_TIMES =
            new GrantTerms(GrantScope.RESOURCE, Duration.ofMinutes(90), 3, GrantClock.FIRST_USE);

    private Requests() {}

    /** The one of the README. */
    static ApprovalRequest refund() {
        return of(
                "01JD",
                GrantTerms.DEFAULT,
                1,
                "double charge, ticket 8812",
                List.of(
                        new ShownArgument("amount", new BigDecimal("5000"), true, false),
                        new ShownArgument("note", "double charge", false, false)));
    }

    static ApprovalRequest withArguments(ShownArgument... arguments) {
        return of("01JD", GrantTerms.DEFAULT, 1, "", List.of(arguments));
    }

    static ApprovalRequest of(String id, GrantTerms terms, int people, String reason, List<ShownArgument> arguments) {
        Requirement requirement = new Requirement(
                Set.of(new Stage(Set.of(new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE_MANAGER")), people)),
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                terms,
                false,
                false);
        return new ApprovalRequestBuilder()
                .id(id)
                .digest("digest-" + id)
                .subject(Ref.user("ana"))
                .action("payment.refund")
                .resource(new Ref("order", "42"))
                .arguments(arguments)
                .reason(reason)
                .requirement(requirement)
                .rules(List.of("refund-large"))
                .because("Large refunds are seen by finance.")
                .policy("9f3c")
                .binding("binding-" + id)
                .matchKey("match-" + id)
                .asked(List.of("mia", "tom"))
                .createdAt(CREATED)
                .decideBy(CREATED.plus(Duration.ofMinutes(30)))
                .build();
    }

    /** Everything that a stranger can name is hostile. */
    static ApprovalRequest hostile(String text) {
        ApprovalRequest plain = refund();
        Ref ref = new Ref("t" + text, "i" + text);
        Requirement requirement = new Requirement(
                Set.of(new Stage(Set.of(new ApproverSelector(ApproverSelector.Kind.GROUP, "g" + text)), 1)),
                Duration.ofMinutes(30),
                Duration.ofMinutes(15),
                GrantTerms.DEFAULT,
                false,
                false);
        CastVote vote = new CastVote(
                "person" + text,
                ref,
                Set.of(),
                Optional.of("stands" + text),
                Verdict.ABSTAIN,
                text,
                Optional.empty(),
                "channel" + text,
                Set.of("assurance" + text),
                CREATED);
        return plain.with(copy -> copy.id("id" + text)
                .subject(ref)
                .actors(List.of(ref))
                .action("action" + text)
                .resource(ref)
                .arguments(List.of(
                        new ShownArgument("name" + text, text, true, false),
                        new ShownArgument("list", List.of(text), true, false)))
                .reason(text)
                .ticket(text)
                .requirement(requirement)
                .rules(List.of("rule" + text))
                .because(text)
                .policy("policy" + text)
                .binding("binding" + text)
                .matchKey("match" + text)
                .asked(List.of("asked" + text))
                .preview(List.of(new PreviewLine("line" + text, text)))
                .notes(List.of(new Note(Note.Kind.COMMENT, ref, "note" + text, CREATED)))
                .votes(List.of(vote)));
    }

    static ApprovalRequest voted(
            ApprovalRequest request, String person, Verdict verdict, String reason, String channel) {
        return request.withVote(new CastVote(
                person,
                Ref.user(person),
                Set.of(new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE_MANAGER")),
                Optional.empty(),
                verdict,
                reason,
                Optional.empty(),
                channel,
                Set.of(),
                NOW));
    }

    static ApprovalRequest ended(ApprovalRequest request, ApprovalRequest.State state, Reason reason) {
        return request.ended(state, reason, NOW, Optional.empty());
    }
}
