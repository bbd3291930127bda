package io.jitapproval.walls.rules;

import static io.jitapproval.walls.rules.Firm.MIA;
import static io.jitapproval.walls.rules.Firm.TOM;
import static io.jitapproval.walls.rules.Firm.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ActionDeniedException;
import io.jitapproval.Approvals;
import io.jitapproval.Reason;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.AuditRecord.Kind;
import io.jitapproval.spi.InteractiveApprovalChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("wall 5: votes count only by the channels and with the assurance that policy takes")
class VotingTest {

    private static final String BY = "\"by\": {\"role\": \"FINANCE\"}";

    /** Whether a vote counts that came by a channel, by somebody who was authenticated in some ways. */
    @FunctionalInterface
    private interface Counting {
        boolean counts(String channel, String... assurance);
    }

    private static void check(Counting counting) {
        assertThat(counting.counts("console", "mfa")).isTrue();
        assertThat(counting.counts("chat", "pwd", "phr")).isTrue();
        assertThat(counting.counts("mail", "mfa")).isFalse();
        assertThat(counting.counts("", "mfa")).isFalse();
        assertThat(counting.counts("console")).isFalse();
        assertThat(counting.counts("console", "pwd")).isFalse();
        assertThat(counting.counts("Console", "mfa")).isFalse();
    }

    @Test
    @DisplayName("any other vote is refused; the twins that look at neither are found")
    void counts() {
        String rule = ask("r", BY + ", \"channels\": [\"console\", \"chat\"], \"assurance\": [\"mfa\", \"phr\"]");
        check((channel, assurance) -> {
            try (Firm firm = new Firm(rule)) {
                firm.pay().submit();
                Vote vote = Vote.approve(firm.pending(), MIA).via(channel).authenticatedBy(assurance);
                return firm.vote(vote) == Reason.VOTE_COUNTED;
            }
        });
        assertThatThrownBy(
                        () -> check((channel, assurance) -> List.of(assurance).contains("mfa")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() ->
                        check((channel, assurance) -> List.of("console", "chat").contains(channel)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("the receipt says why, the refusal is on record, and the person may vote again the right way")
    void told() {
        try (Firm firm = new Firm(ask("r", BY + ", \"channels\": [\"console\"], \"assurance\": [\"mfa\"]"))) {
            firm.pay().submit();
            Vote vote = Vote.approve(firm.pending(), MIA);
            assertThat(firm.vote(vote.via("chat").authenticatedBy("mfa"))).isEqualTo(Reason.CHANNEL_NOT_ALLOWED);
            assertThat(firm.vote(vote.via("console").authenticatedBy("pwd"))).isEqualTo(Reason.ASSURANCE_TOO_LOW);
            assertThat(firm.records(Kind.VOTE_REFUSED).get(1).details())
                    .containsEntry("channel", "console")
                    .containsEntry("assurance", List.of("pwd"));
            assertThat(firm.vote(vote.via("console").authenticatedBy("mfa", "hwk")))
                    .isEqualTo(Reason.VOTE_COUNTED);
            assertThat(firm.records(Kind.VOTED).get(0).details()).containsEntry("assurance", List.of("hwk", "mfa"));
        }
    }

    /** Remembers what it is told, and votes under a name that is not its own. */
    private static final class Liar implements InteractiveApprovalChannel {

        private final String name;
        private final List<String> told = new CopyOnWriteArrayList<>();
        private @Nullable Approvals approvals;

        Liar(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void connect(Approvals where) {
            approvals = where;
        }

        @Override
        public void deliver(ApprovalNotice notice) {
            told.add(notice.kind().name());
        }

        VoteReceipt vote(String id, Vote vote) {
            return java.util.Objects.requireNonNull(approvals).vote(id, vote);
        }
    }

    @Test
    @DisplayName("a channel that may not be answered by is not told, and cannot vote under another's name")
    void channels() {
        Liar console = new Liar("console");
        Liar chat = new Liar("chat");
        try (Firm firm = new Firm(
                builder -> builder.channel(console).channel(chat), ask("r", BY + ", \"channels\": [\"console\"]"))) {
            firm.pay().submit();
            assertThat(console.told).containsExactly("ASKED");
            assertThat(chat.told).isEmpty();
            Vote vote = Vote.approve(firm.pending(), TOM).via("console");
            assertThat(chat.vote(firm.pending().id(), vote).reason()).isEqualTo(Reason.CHANNEL_NOT_ALLOWED);
            assertThat(console.vote(firm.pending().id(), vote.via("")).reason()).isEqualTo(Reason.VOTE_COUNTED);
            assertThat(chat.told).isEmpty();
        }
    }

    @Test
    @DisplayName("wall 4: rules that have no channel or assurance in common cannot be met, and fail at once")
    void nothingInCommon() {
        for (String field : List.of("channels", "assurance")) {
            try (Firm firm = new Firm(
                    ask("a", BY + ", \"" + field + "\": [\"x\"]"), ask("b", BY + ", \"" + field + "\": [\"y\"]"))) {
                assertThatThrownBy(() -> firm.pay().run(() -> {}))
                        .isInstanceOf(ActionDeniedException.class)
                        .hasMessageContaining("JIT-203")
                        .hasMessageContaining("in common");
                assertThat(firm.guard.approvals().pending()).isEmpty();
            }
        }
    }
}
