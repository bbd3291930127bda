package io.jitapproval.walls.grants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Grant;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.spi.ForwardingGrantStore;
import io.jitapproval.spi.GrantStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 3: of several grants that cover a call")
class ReuseTest {

    private static final String WIDE =
            "\"within\": \"PT2H\", \"useWithin\": \"PT2H\", \"uses\": 9, \"scope\": \"resource\"";

    /** Approves a request on terms of its own. */
    private static Grant on(Till till, ApprovalRequest request, GrantScope scope, int minutes, int uses) {
        till.narrow(
                request,
                Till.MIA,
                terms -> new GrantTerms(scope, Duration.ofMinutes(minutes), uses, GrantClock.APPROVAL));
        till.clock.advance(Duration.ofSeconds(1));
        return till.grantOf(request);
    }

    /** Requests that are all asked before the first is approved: later, a grant would cover the next. */
    private static List<ApprovalRequest> ask(Till till, int... amounts) {
        return Arrays.stream(amounts)
                .mapToObj(amount -> till.refund(amount).submit().orElseThrow())
                .toList();
    }

    @Test
    @DisplayName("wall 3: the narrowest that ends first is used up first; twins: the store's order, whichever it is")
    void narrowestFirst() {
        List<UnaryOperator<List<String>>> orders = List.of(list -> list, ReuseTest::reversed);
        for (UnaryOperator<List<String>> order : orders) {
            UnaryOperator<GrantStore> ordered = store -> new ForwardingGrantStore(store) {
                @Override
                public List<Grant> activeGrants(Ref subject, String action) {
                    List<Grant> grants = super.activeGrants(subject, action);
                    List<String> ids =
                            order.apply(grants.stream().map(Grant::id).toList());
                    return ids.stream().map(id -> grant(id).orElseThrow()).toList();
                }
            };
            try (Till till = new Till("", WIDE, ordered)) {
                List<ApprovalRequest> asked = ask(till, 1, 7, 2);
                Grant wideLong = on(till, asked.get(0), GrantScope.RESOURCE, 110, 1);
                Grant exact = on(till, asked.get(1), GrantScope.EXACT, 100, 1);
                Grant wideShort = on(till, asked.get(2), GrantScope.RESOURCE, 30, 1);
                List<String> listed = till.store.activeGrants(Till.ANA, "payment.refund").stream()
                        .map(Grant::id)
                        .toList();
                List<String> used = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    assertThat(till.call(till.refund(7))).isEmpty();
                    used.addAll(listed.stream()
                            .filter(id -> till.store.grant(id).orElseThrow().uses() > 0 && !used.contains(id))
                            .toList());
                }
                List<String> narrowestFirst = List.of(exact.id(), wideShort.id(), wideLong.id());
                assertThat(used).isEqualTo(narrowestFirst);
                assertThat(listed).as("the store's order").isNotEqualTo(narrowestFirst);
                assertThat(till.call(till.refund(7))).contains(Reason.APPROVAL_PENDING);
            }
        }
    }

    private static List<String> reversed(List<String> list) {
        List<String> reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Test
    @DisplayName("nobody is asked while one covers, by a call or by submit")
    void noSecondRequest() {
        try (Till till = new Till(WIDE)) {
            Grant grant = till.granted(till.refund(1));
            assertThat(till.refund(2).submit().map(ApprovalRequest::id)).contains(grant.requestId());
            assertThat(till.call(till.refund(3))).isEmpty();
            assertThat(till.guard.approvals().pending()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "R31: overlapping ones never end one another: one revoked or expired, the other goes on; twin: a store that does")
    void overlapping() {
        overlapping(UnaryOperator.identity());
        UnaryOperator<GrantStore> byHolder = store -> new ForwardingGrantStore(store) {
            @Override
            public List<Grant> activeGrants(Ref subject, String action) {
                List<Grant> grants = super.activeGrants(subject, action);
                boolean oneIsOver = grants.stream().anyMatch(grant -> grant.stateAt(now()) != Grant.State.ACTIVE);
                return oneIsOver ? List.of() : grants;
            }
        };
        assertThatThrownBy(() -> overlapping(byHolder)).isInstanceOf(AssertionError.class);
    }

    private static void overlapping(UnaryOperator<GrantStore> breaking) {
        try (Till till = new Till("", WIDE, breaking)) {
            List<ApprovalRequest> asked = ask(till, 1, 2, 3);
            on(till, asked.get(0), GrantScope.EXACT, 10, 5);
            Grant longer = on(till, asked.get(1), GrantScope.RESOURCE, 60, 5);
            Grant revoked = on(till, asked.get(2), GrantScope.EXACT, 50, 5);
            till.clock.advance(Duration.ofMinutes(10));
            assertThat(till.call(till.refund(1))).isEmpty();
            assertThat(till.now(longer).uses()).isEqualTo(1);
            assertThat(till.now(longer).expiresAt()).isEqualTo(longer.expiresAt());
            till.guard.grants().revoke(revoked.id(), Till.ROOT, "");
            assertThat(till.call(till.refund(3))).isEmpty();
        }
    }
}
