package io.jitapproval.core.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.jitapproval.ApproverSelector;
import io.jitapproval.ApproverSelector.Kind;
import io.jitapproval.GrantClock;
import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Requirement;
import io.jitapproval.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermsTest {

    private static final Stage FINANCE = new Stage(Set.of(new ApproverSelector(Kind.ROLE, "FINANCE")), 1);

    private static Requirement asking(Stage stage) {
        return new Requirement(
                Set.of(stage), Duration.ofMinutes(30), Duration.ofMinutes(15), GrantTerms.DEFAULT, true, false);
    }

    @ParameterizedTest
    @CsvSource({
        "PT15M, 15 min",
        "PT90M, 1 h 30 min",
        "P2DT1S, 2 d 1 s",
        "PT0.25S, 250 ms",
        "PT0.000001S, less than 1 ms"
    })
    @DisplayName("durations as people read them")
    void words(Duration duration, String words) {
        assertThat(Terms.words(duration)).isEqualTo(words);
    }

    @Test
    @DisplayName("people are named where they are known; of many, ten and their number")
    void people() {
        Requirement asks = asking(FINANCE);
        List<String> many = IntStream.rangeClosed(1, 12).mapToObj(i -> "p" + i).toList();
        assertThat(Terms.asks(asks)).isEqualTo("1 of FINANCE within 30 min, reason required");
        assertThat(Terms.asks(asks, stage -> List.of("mia", "tom"))).startsWith("1 of FINANCE (mia, tom) within");
        assertThat(Terms.asks(asks, stage -> List.of())).startsWith("1 of FINANCE (nobody) within");
        assertThat(Terms.asks(asks, stage -> many)).contains("(p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, … 12 in all)");
    }

    @Test
    @DisplayName("an attribute is shown with those whom it held when the request was made")
    void attribute() {
        ApproverSelector owner = new ApproverSelector(Kind.ATTRIBUTE, "resource.owner");
        Set<ApproverSelector> by = Set.of(owner, new ApproverSelector(Kind.GROUP, "on-call"));
        assertThat(Terms.stage(new Stage(by, 2))).isEqualTo("2 of group on-call or resource.owner");
        assertThat(Terms.stage(new Stage(Set.of(owner.resolved(Set.of("tom"))), 1)))
                .isEqualTo("1 of resource.owner (tom)");
    }

    @ParameterizedTest
    @CsvSource({
        "payment.refund, EXACT, this exact refund",
        "db.read2, EXACT, this exact call",
        "deploy, RESOURCE, any such deploy on this resource",
        "deploy, ACTION, any such deploy on any resource",
        "phone.call, ACTION, any such call on any resource"
    })
    @DisplayName("what is given is called by the last word of the action, if that is one")
    void gives(String action, GrantScope scope, String words) {
        GrantTerms terms = new GrantTerms(scope, Duration.ofHours(1), 3, GrantClock.FIRST_USE);
        assertThat(Terms.gives(terms, action)).isEqualTo(words + ", up to 3 times, within 1 h of the first use");
        assertThat(Terms.gives(GrantTerms.DEFAULT, "a.b")).endsWith("b, once, within 15 min of approval");
    }
}
