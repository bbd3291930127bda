package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.TOM;
import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.ApprovalPendingException;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.spi.AttributeResolver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName(
        "walls 4 and 5: approvers named by an attribute are the people whom it holds, never the requester, else nobody")
class RelationsTest {

    private static final String OWNER = ask("r", "\"by\": {\"attribute\": \"resource.owner\"}");

    /** The names of those who are asked if the owner is this; empty if the call is refused at once. */
    private static Set<String> asked(Object owner) {
        try (Firm firm = new Firm(OWNER)) {
            firm.pay(Map.of(), Map.of("owner", owner)).run(() -> {});
            throw new AssertionError("it ran");
        } catch (ApprovalPendingException pending) {
            return new TreeSet<>(pending.request().asked());
        } catch (ActionDeniedException refused) {
            assertThat(refused.reason()).isEqualTo(Reason.APPROVAL_UNREACHABLE);
            return Set.of();
        }
    }

    private static void check(Function<Object, Set<String>> asks) {
        assertThat(asks.apply("tom")).containsExactly("tom");
        assertThat(asks.apply("slack/U-tom")).containsExactly("tom");
        assertThat(asks.apply(List.of("tom", "user/mia", "nobody", 7))).containsExactly("mia", "tom");
        assertThat(asks.apply("ana")).isEmpty();
        assertThat(asks.apply("slack/U-ana")).isEmpty();
        assertThat(asks.apply(List.of("ana", "mia"))).containsExactly("mia");
        assertThat(asks.apply(crowd(100))).containsExactly("mia", "tom");
        assertThat(asks.apply(crowd(101))).as("one too many").isEmpty();
        for (Object nobody : List.of("nobody", "slack/U-x", "", "/", "tom/", 7, true, List.of(), Map.of("id", "tom"))) {
            assertThat(asks.apply(nobody)).as("%s", nobody).isEmpty();
        }
    }

    /** So many names, the first and the last of which are known. */
    private static List<String> crowd(int size) {
        List<String> names = new ArrayList<>(Collections.nCopies(size, "nobody"));
        names.set(0, "mia");
        names.set(size - 1, "tom");
        return names;
    }

    @Test
    @DisplayName("ids, identities and lists are resolved; the twins that take text for people are found")
    void resolved() {
        check(RelationsTest::asked);
        assertThatThrownBy(() -> check(owner -> Set.of(String.valueOf(owner)))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(owner -> {
                    Set<String> names = new TreeSet<>();
                    for (Object each : owner instanceof List<?> list ? list : List.of(owner)) {
                        String name = each.toString().replaceFirst("^(slack/U-|user/)", "");
                        if (List.of("ana", "mia", "tom").contains(name)) {
                            names.add(name);
                        }
                    }
                    return names;
                }))
                .as("counts the requester")
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> check(owner ->
                        asked(owner instanceof List<?> list ? list.subList(0, Math.min(list.size(), 100)) : owner)))
                .as("takes the first of too many")
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("only the people whom it held may vote")
    void votes() {
        try (Firm firm = new Firm(OWNER)) {
            firm.pay(Map.of(), Map.of("owner", "tom")).submit();
            assertThat(firm.approvedBy(MIA)).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(firm.approvedBy(Ref.user("ana"))).isEqualTo(Reason.SEPARATION_OF_DUTIES);
            assertThat(firm.approvedBy(new Ref("slack", "U-tom"))).isEqualTo(Reason.VOTE_COUNTED);
            List<String> ran = new ArrayList<>();
            firm.pay(Map.of(), Map.of("owner", "tom")).run(() -> ran.add("once"));
            assertThat(ran).containsExactly("once");
        }
    }

    @Test
    @DisplayName(
            "what an attribute resolver says is fixed in the request; a grant by the former owner no longer covers")
    void fixed() {
        String[] owner = {"tom"};
        AttributeResolver resolver =
                (attribute, request) -> attribute.equals("resource.owner") ? Optional.of(owner[0]) : Optional.empty();
        try (Firm firm = new Firm(builder -> builder.attributes(resolver), OWNER)) {
            firm.pay().submit();
            owner[0] = "mia";
            assertThat(firm.approvedBy(MIA)).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
            assertThat(firm.approvedBy(TOM)).isEqualTo(Reason.VOTE_COUNTED);
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOfSatisfying(
                            ApprovalPendingException.class,
                            pending -> assertThat(pending.request().asked()).containsExactly("mia"));
            owner[0] = "tom";
            List<String> ran = new ArrayList<>();
            firm.pay().run(() -> ran.add("once"));
            assertThat(ran).containsExactly("once");
        }
    }

    @Test
    @DisplayName("a lookup that fails names nobody and denies at once, saying whom it wanted")
    void failing() {
        AttributeResolver resolver = (attribute, request) -> {
            throw new IllegalStateException("directory is down");
        };
        try (Firm firm = new Firm(builder -> builder.attributes(resolver), OWNER)) {
            assertThatThrownBy(() -> firm.pay().run(() -> {}))
                    .isInstanceOf(ActionDeniedException.class)
                    .hasMessageContaining("JIT-203")
                    .hasMessageContaining("1 of attribute resource.owner");
        }
    }

    @Test
    @DisplayName("too many names are nobody, in one stage and beside others, and the refusal says why")
    void tooMany() {
        try (Firm firm = new Firm(OWNER)) {
            assertThatThrownBy(() ->
                            firm.pay(Map.of(), Map.of("owner", crowd(101))).run(() -> {}))
                    .isInstanceOf(ActionDeniedException.class)
                    .hasMessageContaining("JIT-203")
                    .hasMessageContaining("more than 100 names are in resource.owner");
        }
        String either = ask("r", "\"by\": [{\"attribute\": \"resource.owner\"}, {\"person\": \"ada\"}]");
        try (Firm firm = new Firm(either)) {
            assertThatThrownBy(() ->
                            firm.pay(Map.of(), Map.of("owner", crowd(101))).run(() -> {}))
                    .isInstanceOfSatisfying(
                            ApprovalPendingException.class,
                            pending -> assertThat(pending.request().asked()).containsExactly("ada"));
            assertThat(firm.approvedBy(MIA)).isEqualTo(Reason.VOTER_NOT_ELIGIBLE);
        }
    }

    @Test
    @DisplayName("two stages that turn out to be the same person need two people, and fail at once")
    void samePersonTwice() {
        String rule = ask(
                "r",
                "\"stages\": [{\"by\": {\"attribute\": \"subject.manager\"}}, {\"by\": {\"attribute\": \"resource.owner\"}}]");
        try (Firm firm = new Firm(rule)) {
            assertThatThrownBy(() -> firm.pay(Map.of("manager", "tom"), Map.of("owner", "tom"))
                            .run(() -> {}))
                    .isInstanceOfSatisfying(
                            ActionDeniedException.class,
                            denied -> assertThat(denied.reason()).isEqualTo(Reason.APPROVAL_UNREACHABLE));
            firm.pay(Map.of("manager", "mia"), Map.of("owner", "tom")).submit();
            assertThat(firm.approvedBy(TOM)).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(firm.guard.approvals().pending()).hasSize(1);
            assertThat(firm.approvedBy(MIA)).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(firm.guard.approvals().pending()).isEmpty();
        }
    }
}
