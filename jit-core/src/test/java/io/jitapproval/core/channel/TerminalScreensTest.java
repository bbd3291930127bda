package io.jitapproval.core.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.Approvals;
import io.jitapproval.ApproverSelector;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.PreviewLine;
import io.jitapproval.Progress;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.Shown;
import io.jitapproval.ShownArgument;
import io.jitapproval.Stage;
import io.jitapproval.Verdict;
import io.jitapproval.Vote;
import io.jitapproval.VoteReceipt;
import io.jitapproval.Way;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.ApprovalNotice.Kind;
import io.jitapproval.spi.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@DisplayName("What the terminal shows, screen by screen")
class TerminalScreensTest {

    private static final Path GOLDEN = Path.of("src/test/resources/channel/screens");
    private static final String CHOICES = TerminalDialogue.CHOICES + " ";

    private final Typist typist = new Typist();
    private final Screen screen = new Screen();
    private final Map<String, ApprovalRequest> requests = new ConcurrentHashMap<>();
    private final List<Vote> votes = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final TerminalChannel channel = terminal();

    private TerminalChannel terminal() {
        return new TerminalChannel(new BufferedReader(typist), new PrintWriter(screen), () -> Requests.NOW, Ref::user);
    }

    @AfterEach
    void close() {
        channel.close();
        typist.end();
    }

    /** The guard's side: a vote on what stands now counts, and one on anything else does not. */
    private Object approvals(Object proxy, java.lang.reflect.Method method, Object[] args) {
        return switch (method.getName()) {
            case "find" -> Optional.ofNullable(requests.get((String) args[0]));
            case "vote" -> vote((String) args[0], (Vote) args[1]);
            case "say" -> {
                said.add(args[1] + " " + args[2] + " " + args[3]);
                yield Reason.NOTED;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    private VoteReceipt vote(String id, Vote vote) {
        ApprovalRequest before = requests.get(id);
        if (!vote.shown().equals(before.shown())) {
            return new VoteReceipt(
                    Reason.SHOWN_DIFFERS, Optional.of(before), List.of("the amount was 5000 and is 4000"));
        }
        votes.add(vote);
        ApprovalRequest after = Requests.voted(before, vote.voter().id(), vote.verdict(), vote.reason(), "terminal");
        if (vote.verdict() == Verdict.DENY) {
            after = Requests.ended(after, ApprovalRequest.State.DENIED, Reason.APPROVAL_DENIED);
        } else if (vote.verdict() == Verdict.APPROVE
                && after.votes().size() >= after.requirement().people()) {
            after = Requests.ended(after, ApprovalRequest.State.APPROVED, Reason.APPROVED);
        }
        requests.put(id, after);
        return new VoteReceipt(Reason.VOTE_COUNTED, Optional.of(after));
    }

    private void connect() {
        channel.connect((Approvals) Proxy.newProxyInstance(
                Approvals.class.getClassLoader(), new Class<?>[] {Approvals.class}, this::approvals));
    }

    private void tell(Kind kind, ApprovalRequest about, Person... people) {
        requests.put(about.id(), about);
        channel.deliver(new ApprovalNotice(
                about.id() + "/" + kind + about.version() + about.notes().size(), kind, about, List.of(people)));
    }

    private void ask(ApprovalRequest request) {
        tell(Kind.ASKED, request, Requests.MIA, Requests.TOM);
    }

    /** Types lines, each when the terminal waits for one. */
    private String type(String... lines) {
        for (String line : lines) {
            typist.rest();
            screen.echo(line);
            typist.type(line);
        }
        return screen.all();
    }

    /** The screen once the terminal waits for the next line. */
    private String resting() {
        typist.rest();
        return screen.all();
    }

    /** The screen once a text stands there. */
    private String until(String text) throws InterruptedException {
        screen.await(text);
        return screen.all();
    }

    private static void golden(String name, String text) throws IOException {
        Path file = GOLDEN.resolve(name + ".txt");
        String normal = text.replace(System.lineSeparator(), "\n").stripTrailing() + "\n";
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, normal);
        }
        assertThat(normal).isEqualTo(Files.readString(file));
        assertThat(normal.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    /** A refund with all that can be said about one. */
    static ApprovalRequest rich() {
        ApproverSelector lead = new ApproverSelector(ApproverSelector.Kind.ROLE, "SUPPORT_LEAD");
        ApproverSelector head = new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE_HEAD");
        ApproverSelector manager = new ApproverSelector(ApproverSelector.Kind.ROLE, "FINANCE_MANAGER");
        Requirement requirement = Requests.refund()
                .requirement()
                .withStages(Set.of(
                        new Stage(Set.of(new Way(Set.of(lead), 1)), 1, Set.of()),
                        new Stage(Set.of(new Way(Set.of(head), 1), new Way(Set.of(manager), 2)), 2, Set.of())));
        ApprovalRequest base = Requests.refund()
                .with(copy -> copy.requirement(requirement)
                        .arguments(List.of(
                                new ShownArgument("amount", new BigDecimal("5000"), true, false, true),
                                new ShownArgument("iban", "c0mm1tment", true, true),
                                new ShownArgument("note", "double\u202E charge", false, false)))
                        .preview(List.of(new PreviewLine("balance afterwards", "-120.00")))
                        .ticket("PAY-8812")
                        .eligible(5)
                        .progress(new Progress(2, Requests.NOW, Duration.ZERO, false)));
        return Requests.voted(base, "chloe", Verdict.APPROVE, "a good customer", "slack");
    }

    @Test
    @DisplayName(
            "R04: who wants what and why, what is hidden, what it would do, how far it has come and how long there is")
    void question() throws Exception {
        connect();
        ask(rich());
        golden("question", resting());
    }

    @Test
    @DisplayName("approve, with the reason said along")
    void approve() throws Exception {
        connect();
        ask(Requests.refund());
        type("a matches the ticket", "mia");
        golden("approve", until("of approval."));
        assertThat(votes)
                .extracting(Vote::verdict, Vote::reason)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Verdict.APPROVE, "matches the ticket"));
    }

    @Test
    @DisplayName("wall 3: narrower in every respect, with clear answers to slips; never wider")
    void narrow() throws Exception {
        connect();
        ask(Requests.of(
                "01JD",
                Requests.THREE_TIMES,
                1,
                "",
                List.of(new ShownArgument("amount", new BigDecimal("800.00"), true, false, true))));
        type("narrow", "2h", "soon", "10m", "4", "2", "", "900", "1e9", "650", "mia");
        golden("narrow", until("at most 650."));
        GrantTerms narrowed = votes.get(0).narrowed().orElseThrow();
        assertThat(narrowed.isWithin(Requests.THREE_TIMES)).isTrue();
        assertThat(narrowed.ceilings()).containsEntry("amount", new BigDecimal("6.5E+2"));
    }

    @Test
    @DisplayName("deny asks why")
    void deny() throws Exception {
        connect();
        ask(Requests.refund());
        type("d", "tom", "no receipt, no refund");
        golden("deny", until("is denied."));
        assertThat(votes.get(0).verdict()).isEqualTo(Verdict.DENY);
    }

    @Test
    @DisplayName("abstain, question and comment decide nothing")
    void undecided() throws Exception {
        connect();
        ask(Requests.of("01JD", GrantTerms.DEFAULT, 2, "", List.of()));
        type("q", "which of the two parcels?", "mia", "comment", "", "c seen it", "", "b my sister", "");
        golden("undecided", resting());
        assertThat(votes).extracting(Vote::verdict).containsExactly(Verdict.ABSTAIN);
        assertThat(said).containsExactly("user/mia QUESTION which of the two parcels?", "user/mia COMMENT seen it");
    }

    @Test
    @DisplayName("details and help")
    void details() throws Exception {
        connect();
        ask(rich());
        type("?", "h", "yes");
        golden("details", resting());
        assertThat(votes).isEmpty();
    }

    @Test
    @DisplayName("several wait: a numbered list, and a number goes there")
    void several() throws Exception {
        connect();
        ask(Requests.of("1", GrantTerms.DEFAULT, 1, "", List.of()));
        typist.rest();
        for (int i = 2; i <= 8; i++) {
            int number = i;
            ask(Requests.of("" + i, GrantTerms.DEFAULT, 1, "", List.of())
                    .with(copy -> copy.resource(new Ref("order", "10" + number))));
        }
        type("l", "3", "99", "d", "mia", "not this one");
        golden("several", resting());
        assertThat(votes).extracting(Vote::shown).containsExactly(new Shown(1, "digest-4"));
    }

    @Test
    @DisplayName(
            "wall 2: what changed while it stood on the screen is shown anew with the difference; the line typed is dropped")
    void movedOn() throws Exception {
        connect();
        ask(Requests.refund());
        typist.rest();
        Note change = new Note(Note.Kind.CHANGE, Ref.user("ana"), "amount from 5000 to 4000", Requests.NOW);
        tell(
                Kind.CHANGED,
                Requests.refund()
                        .with(copy -> copy.version(2)
                                .digest("digest-2")
                                .notes(List.of(change))
                                .arguments(List.of(new ShownArgument("amount", new BigDecimal("4000"), true, false)))));
        type("a");
        golden("moved-on", resting());
        assertThat(votes).isEmpty();
        type("a", "mia");
        until("Approved:");
        assertThat(votes).extracting(Vote::shown).containsExactly(new Shown(2, "digest-2"));
    }

    @Test
    @DisplayName("wall 2: a vote names what stood on the screen: one that signs whatever stands now fails this")
    void namesWhatWasShown() throws Exception {
        assertThat(signedUnseen(vote -> vote)).isFalse();
        assertThat(signedUnseen(this::twinThatTrustsTheScreen)).isTrue();
    }

    private Vote twinThatTrustsTheScreen(Vote vote) {
        Shown now = requests.get("01JD").shown();
        return new Vote(vote.voter(), vote.verdict(), vote.reason(), now, vote.narrowed(), vote.channel());
    }

    /** Whether a vote counts on what its voter was never shown. */
    private boolean signedUnseen(UnaryOperator<Vote> flaw) throws Exception {
        votes.clear();
        Typist hands = new Typist();
        Screen glass = new Screen();
        TerminalChannel fresh =
                new TerminalChannel(new BufferedReader(hands), new PrintWriter(glass), () -> Requests.NOW, Ref::user);
        fresh.connect((Approvals) Proxy.newProxyInstance(
                Approvals.class.getClassLoader(),
                new Class<?>[] {Approvals.class},
                (proxy, method, args) -> method.getName().equals("vote")
                        ? vote((String) args[0], flaw.apply((Vote) args[1]))
                        : approvals(proxy, method, args)));
        requests.put("01JD", ofTwo());
        fresh.deliver(new ApprovalNotice("1", Kind.ASKED, ofTwo(), List.of(Requests.MIA)));
        glass.await(CHOICES);
        hands.type("a");
        glass.await("your name");
        requests.put("01JD", ofTwo().with(copy -> copy.version(2).digest("digest-2")));
        hands.type("mia");
        hands.end();
        glass.await("nobody answers here any more");
        fresh.close();
        return !votes.isEmpty();
    }

    /** One vote does not end it, so that the terminal goes on reading. */
    private static ApprovalRequest ofTwo() {
        return Requests.of("01JD", GrantTerms.DEFAULT, 2, "", List.of());
    }

    @Test
    @DisplayName(
            "wall 2: and if it changes between the key and the name, the guard refuses the vote and the terminal says why")
    void movedOnLate() throws Exception {
        connect();
        ask(Requests.refund());
        type("a");
        requests.put("01JD", Requests.refund().with(copy -> copy.version(2).digest("digest-2")));
        type("mia");
        golden("moved-on-late", resting());
        assertThat(votes).isEmpty();
    }

    @Test
    @DisplayName("wall 11: decided elsewhere while it stood there")
    void decidedElsewhere() throws Exception {
        connect();
        ask(Requests.refund());
        typist.rest();
        tell(
                Kind.ENDED,
                Requests.ended(
                        Requests.voted(Requests.refund(), "tom", Verdict.DENY, "already paid", "slack"),
                        ApprovalRequest.State.DENIED,
                        Reason.APPROVAL_DENIED));
        golden("decided-elsewhere", until("Press Enter to go on."));
        type("a");
        ask(Requests.of("2", GrantTerms.DEFAULT, 1, "", List.of()));
        screen.await(CHOICES);
        assertThat(votes).isEmpty();
    }

    @Test
    @DisplayName(
            "Enter, other words and the end of the input decide nothing; a terminal that takes Enter for yes fails this")
    void nothingByAccident() throws Exception {
        checkNothingByAccident(typist -> {});
        assertThatThrownBy(() -> checkNothingByAccident(typist -> typist.enterMeans("a")))
                .isInstanceOf(AssertionError.class);
    }

    private void checkNothingByAccident(Consumer<Typist> flaw) throws Exception {
        votes.clear();
        for (String line :
                List.of("", " ", "y", "yes", "ok", "approved", "A-OK", "1", "0", "-1", "\u0430", "\u001b[A", "enter")) {
            Typist hands = new Typist();
            Screen glass = new Screen();
            TerminalChannel fresh = new TerminalChannel(
                    new BufferedReader(hands), new PrintWriter(glass), () -> Requests.NOW, Ref::user);
            flaw.accept(hands);
            fresh.connect((Approvals) Proxy.newProxyInstance(
                    Approvals.class.getClassLoader(), new Class<?>[] {Approvals.class}, this::approvals));
            requests.put("01JD", ofTwo());
            fresh.deliver(new ApprovalNotice("1", Kind.ASKED, ofTwo(), List.of(Requests.MIA)));
            glass.await(CHOICES);
            hands.type(line);
            hands.type("mia");
            hands.end();
            glass.await("nobody answers here any more");
            fresh.close();
            assertThat(votes).as("after '%s'", line).isEmpty();
        }
    }

    @Test
    @DisplayName("lines fit 80 columns, and breaking them loses nothing and makes no label")
    void wrap() {
        Set<Integer> widths = new LinkedHashSet<>();
        for (String text : List.of(
                "  why      " + "word ".repeat(60),
                "  why      " + "x".repeat(300),
                "x".repeat(81),
                "  why      " + "日本語 ".repeat(60),
                "  a label that is much too long to be one, really, it is   value " + "v ".repeat(80))) {
            List<String> lines = Wrap.lines(text);
            widths.add(lines.stream().mapToInt(Wrap::columns).max().orElseThrow());
            String joined = lines.get(0)
                    + String.join(
                            "",
                            lines.subList(1, lines.size()).stream()
                                    .map(String::stripLeading)
                                    .toList());
            assertThat(joined.replace(" ", "")).isEqualTo(text.replace(" ", ""));
            assertThat(lines.subList(1, lines.size()))
                    .allSatisfy(line -> assertThat(line).startsWith("    "));
        }
        assertThat(widths).allSatisfy(width -> assertThat(width).isLessThanOrEqualTo(Wrap.COLUMNS));
    }
}
