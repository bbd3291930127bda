package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.ask;
import static io.jitapproval.walls.rules.Firm.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalPendingException;
import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.Attempt;
import io.jitapproval.Bundle;
import io.jitapproval.Bundle.Item;
import io.jitapproval.Bundle.Status;
import io.jitapproval.BundleAttempt;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Shown;
import io.jitapproval.Subject;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("bundles: several actions approved together or one by one")
class BundleTest {

    private static final String BOSSES =
            ask("boss", "\"by\": {\"role\": \"FINANCE\"}, \"people\": 1, \"coolDown\": \"PT0S\"");
    private static final String RISKY = rule("risky", "deny", "\"when\": {\"action.amount\": {\"moreThan\": 100}}");

    private static Attempt pay(Firm firm, int amount) {
        return firm.guard.attempt("pay").by(Subject.user("ana")).with("amount", amount);
    }

    private static Bundle bundle(Firm firm, int... amounts) {
        BundleAttempt bundle = firm.guard.bundle("move to the new bank");
        for (int amount : amounts) {
            bundle.add(pay(firm, amount));
        }
        return bundle.submit();
    }

    private static ApprovalRequest request(Bundle bundle, int item) {
        return bundle.items().get(item).request().orElseThrow();
    }

    @Test
    @DisplayName(
            "each item is a request of its own; the bundle is pending, then partial, and each item runs on its own grant")
    void oneByOne() {
        try (Firm firm = new Firm(BOSSES, RISKY)) {
            Bundle bundle = bundle(firm, 1, 500, 2);
            assertThat(bundle.items())
                    .extracting(Item::status)
                    .containsExactly(Status.PENDING, Status.DENIED, Status.PENDING);
            assertThat(bundle.items().get(1).reason()).contains(Reason.POLICY_DENIED);
            assertThat(bundle.status()).isEqualTo(Status.PENDING);
            assertThat(request(bundle, 0).bundle()).contains(bundle.id());

            Approvals approvals = firm.guard.approvals();
            approvals.vote(request(bundle, 0).id(), Vote.approve(request(bundle, 0), MIA));
            approvals.vote(request(bundle, 2).id(), Vote.deny(request(bundle, 2), MIA, "no"));
            Bundle after = firm.guard.findBundle(bundle.id()).orElseThrow();

            assertThat(after.status()).isEqualTo(Status.PARTIAL);
            assertThat(after.title()).isEqualTo("move to the new bank");
            assertThat(pay(firm, 1).<String, RuntimeException>call(() -> "ran")).isEqualTo("ran");
            assertThatThrownBy(() -> pay(firm, 2).run(() -> {})).isInstanceOf(ApprovalPendingException.class);
        }
    }

    @Test
    @DisplayName("two equal items are two requests, and need two approvals")
    void equalItems() {
        try (Firm firm = new Firm(BOSSES)) {
            Bundle bundle = bundle(firm, 1, 1);
            assertThat(request(bundle, 0).id()).isNotEqualTo(request(bundle, 1).id());
            assertThat(firm.guard.approvals().pending()).hasSize(2);
        }
    }

    @Test
    @DisplayName(
            "wall 2: one vote on all names what was shown of each; what moved on, or is of another bundle, is refused alone")
    void together() {
        try (Firm firm = new Firm(BOSSES)) {
            Bundle bundle = bundle(firm, 1, 2, 3);
            Bundle other = bundle(firm, 4);
            Map<String, Vote> votes = new LinkedHashMap<>();
            votes.put(request(bundle, 0).id(), Vote.approve(request(bundle, 0), MIA));
            Shown another = request(bundle, 0).shown();
            votes.put(request(bundle, 1).id(), new Vote(MIA, Verdict.APPROVE, "", another, Optional.empty(), ""));
            votes.put(request(bundle, 2).id(), Vote.approve(request(bundle, 2), MIA));
            votes.put(request(other, 0).id(), Vote.approve(request(other, 0), MIA));
            firm.guard.approvals().withdraw(request(bundle, 2).id(), Ref.user("ana"));

            Map<String, VoteReceipt> receipts = firm.guard.approvals().voteBundle(bundle.id(), votes);
            assertThat(receipts.values())
                    .extracting(VoteReceipt::reason)
                    .containsExactly(Reason.VOTE_COUNTED, Reason.SHOWN_DIFFERS, Reason.NOT_PENDING, Reason.UNKNOWN_ID);
            assertThat(firm.guard.findBundle(bundle.id()).orElseThrow().items())
                    .extracting(Item::status)
                    .containsExactly(Status.APPROVED, Status.PENDING, Status.CANCELLED);
        }
    }

    @Test
    @DisplayName("the whole follows from its items alone")
    void wholes() {
        check(Status.PENDING, Status.APPROVED, Status.PENDING, Status.DENIED);
        check(Status.APPROVED, Status.APPROVED, Status.APPROVED);
        check(Status.PARTIAL, Status.EXPIRED, Status.APPROVED);
        check(Status.EXPIRED, Status.EXPIRED, Status.EXPIRED);
        check(Status.DENIED, Status.EXPIRED, Status.DENIED);
        check(Status.FAILED, Status.EXPIRED, Status.CANCELLED);
    }

    private static void check(Status whole, Status... items) {
        List<Item> all = java.util.Arrays.stream(items)
                .map(status -> new Item("pay", Ref.user("ana"), status, Optional.empty(), Optional.empty()))
                .toList();
        assertThat(new Bundle("b", "", all).status()).isEqualTo(whole);
    }

    @Test
    @DisplayName("a bundle takes attempts of its own guard, and is submitted once")
    void misuse() {
        try (Firm firm = new Firm(BOSSES);
                Firm other = new Firm(BOSSES)) {
            BundleAttempt bundle = firm.guard.bundle("");
            assertThatThrownBy(bundle::submit).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> bundle.add(pay(other, 1))).isInstanceOf(IllegalArgumentException.class);
            bundle.add(pay(firm, 1)).submit();
            assertThatThrownBy(bundle::submit).isInstanceOf(IllegalStateException.class);
            assertThat(firm.guard.findBundle("none")).isEmpty();
        }
    }
}
