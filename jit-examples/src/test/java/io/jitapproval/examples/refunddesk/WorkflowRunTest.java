package io.jitapproval.examples.refunddesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The second day of the sample: every way that an approval can go, in what was printed, in the ledger and on record. */
class WorkflowRunTest {

    @TempDir
    static Path folder;

    @TempDir
    static Path other;

    private static Run json;
    private static String text;

    @BeforeAll
    static void run() {
        json = Run.of(folder, "", "--format", "json");
        text = Run.of(other, "").out();
    }

    private static Map<String, Object> line(int number) {
        return json.objects().stream()
                .filter(each -> each.get("line").toString().equals(Integer.toString(number)))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, Object>> record(int number) {
        Object id = line(number).get("requestId");
        return json.audit().stream()
                .filter(each -> id.equals(each.get("requestId")))
                .toList();
    }

    private static List<String> kinds(int number) {
        return record(number).stream()
                .map(each -> each.get("kind").toString())
                .filter(kind -> !kind.startsWith("notif"))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> course(int number) {
        return (List<Map<String, Object>>) line(number).get("course");
    }

    private static List<String> steps(int number) {
        return course(number).stream()
                .map(each -> each.get("stage") + " " + each.get("what") + " " + each.get("by"))
                .map(String::strip)
                .toList();
    }

    private static Map<String, Object> ledger(int number) {
        Object entry = line(number).get("entry");
        return json.ledger().stream()
                .filter(each -> each.get("entry").equals(entry))
                .findFirst()
                .orElseThrow();
    }

    private static void printed(int number, String... words) {
        String head = String.format("%n%4d ", number);
        int from = text.indexOf(head);
        assertThat(from).as("line %s", number).isPositive();
        StringBuilder all = new StringBuilder();
        while (from >= 0) {
            all.append(text, from, text.indexOf("\n\n", from + 2)).append('\n');
            from = text.indexOf(head, from + 1);
        }
        assertThat(all.toString().replaceAll("\\s+", " ")).contains(words);
    }

    private static void glance(int number, String heading, String words) {
        String at = text.substring(text.indexOf("at a glance"));
        String section = at.substring(at.indexOf(heading)).split("\n\n", 2)[0];
        assertThat(section.lines())
                .filteredOn(each -> each.startsWith(String.format("%5d  ", number)))
                .singleElement()
                .asString()
                .contains(words);
    }

    @Test
    @DisplayName("two stages, one after the other; the second by either of its ways, and by nobody before it is open")
    void stages() {
        assertThat(steps(50)).containsExactly("1 stage", "1 approve chloe", "2 stage", "2 approve nora");
        assertThat(steps(51))
                .containsExactly(
                        "1 stage", "1 not counted mia", "1 approve chloe", "2 stage", "2 approve mia", "2 approve tom");
        assertThat(kinds(51))
                .containsSubsequence("requested", "vote-refused", "voted", "stage-opened", "voted", "voted");
        assertThat(line(50).get("approvedBy")).isEqualTo(List.of("chloe", "nora"));
        assertThat(ledger(51).get("arguments")).hasToString("{amount=18000.00}");
        printed(
                50,
                "stage 1 of 2: 1 of role TEAM_LEAD approved by chloe after 6 min",
                "stage 2 of 2: 1 of role FINANCE_HEAD");
        printed(51, "mia would approve, but the stage that asks this person is not open yet (not-open-yet)");
        glance(51, "One stage after the other", "chloe, then mia, tom -> entry");
    }

    @Test
    @DisplayName("an approval for less: the action reads back how much, and does that")
    void narrower() {
        assertThat(line(52).get("ranWith")).hasToString("{amount=650.00}");
        assertThat(ledger(52).get("arguments").toString()).contains("amount=650");
        assertThat(json.ledger().toString()).doesNotContain("amount=800");
        assertThat(line(53).get("uses")).hasToString("1");
        assertThat(ledger(53).get("arguments").toString())
                .contains("amount=100.00")
                .doesNotContain("120");
        assertThat(record(52))
                .anySatisfy(each -> assertThat(each.toString()).contains("kind=granted", "ceilings={amount=6.5E+2}"));
        printed(52, "narrowed to amount at most 650, within 5 min", "with amount 650.00 instead of 800.00");
        printed(53, "narrowed to amount at most 100, 1 use, within 30 min");
        glance(52, "People agreed to less", "mia (amount at most 650, within 5 min) -> entry");
    }

    @Test
    @DisplayName(
            "a stand-in votes in another's place, on record with both names, and never on what they ask for themselves")
    void standIn() {
        assertThat(line(54).get("votes").toString()).contains("by=chloe", "standsFor=zoe");
        assertThat(record(54))
                .anySatisfy(
                        each -> assertThat(each.toString()).contains("kind=voted", "person=chloe", "standsFor=zoe"));
        assertThat(json.audit()).anySatisfy(each -> assertThat(each.get("kind")).isEqualTo("stand-in-named"));
        assertThat(steps(55)).containsExactly("1 not counted chloe", "1 approve zoe");
        assertThat(line(55).get("votes").toString()).contains("separation-of-duties");
        assertThat(line(55).get("approvedBy")).isEqualTo(List.of("zoe"));
        printed(54, "approved by chloe in the place of zoe");
        printed(55, "chloe would approve, but nobody decides on their own request (separation-of-duties)");
        glance(54, "Somebody votes in another's place", "chloe for zoe -> entry");
    }

    @Test
    @DisplayName("nobody answers: others are asked too; if they do not answer either, it expires and nothing runs")
    void escalation() {
        assertThat(steps(56)).containsExactly("1 not counted nora", "1 escalated", "1 approve nora");
        assertThat(kinds(56))
                .containsSubsequence("requested", "vote-refused", "escalated", "voted", "decided", "granted");
        assertThat(steps(57)).containsExactly("1 escalated");
        assertThat(line(57).get("reason")).isEqualTo("approval-expired");
        assertThat(kinds(57)).contains("escalated", "denied").doesNotContain("granted", "use-begun");
        assertThat(json.ledger().toString()).contains("partner/ludwig").doesNotContain("partner/marta");
        printed(56, "escalated after 20 min: also role FINANCE_HEAD", "approved by nora after 31 min");
        printed(57, "nobody decided in time");
    }

    @Test
    @DisplayName("withdrawn: an end of its own, by the requester, and nothing runs")
    void withdrawn() {
        assertThat(line(58).get("reason")).isEqualTo("approval-cancelled");
        assertThat(steps(58)).containsExactly("1 withdrawn ana");
        assertThat(json.ledger().toString()).doesNotContain("order/2004");
        printed(58, "withdrawn by ana after 3 min");
    }

    @Test
    @DisplayName("question and answer; a vote on what stood there before the answer is refused, with what is new")
    void question() {
        assertThat(steps(59))
                .containsExactly(
                        "1 question mia", "1 information ben", "1 not counted tom", "1 moved on tom", "1 approve tom");
        assertThat(kinds(59)).containsSubsequence("requested", "noted", "noted", "vote-refused", "voted", "decided");
        assertThat(line(59).get("votes").toString()).contains("shown-differs");
        printed(
                59,
                "question by mia after 2 min: \"which of the two parcels?\"",
                "informed by ben after 5 min: \"the second one, tracking 77-1\"",
                "the voter was shown something else (shown-differs)",
                "since tom looked: information from user/ben: the second one, tracking 77-1");
    }

    @Test
    @DisplayName(
            "a kept call runs once, later and without its caller; the denied one never; both are fetched by their ids")
    void kept() {
        assertThat(line(60).get("way")).isEqualTo("replay");
        assertThat(line(60).get("decision")).isEqualTo("allow");
        assertThat(kinds(60)).filteredOn("use-begun"::equals).hasSize(1);
        assertThat(json.ledger())
                .filteredOn(each -> each.get("resource").equals("order/2006"))
                .hasSize(1);
        assertThat(ledger(60).get("by")).isEqualTo("user/ana");
        assertThat((Integer) Integer.parseInt(line(60).get("entry").toString()))
                .isGreaterThan(Integer.parseInt(line(65).get("entry").toString()));
        assertThat(line(61).get("reason")).isEqualTo("approval-denied");
        assertThat(json.ledger().toString()).doesNotContain("order/2007");
        printed(
                60,
                "60 PENDING",
                "is kept, and runs once when it is approved",
                "60 LATER",
                "as the kept call's id tells");
        printed(61, "61 LATER", "denied by mia after 12 min");
    }

    @Test
    @DisplayName("a bundle is asked together and decided one by one: partial, and only what was agreed to runs")
    void bundle() {
        for (int item = 62; item <= 65; item++) {
            assertThat(line(item).get("bundle").toString())
                    .contains("title=storm damage, four orders", "status=partial");
        }
        assertThat(List.of(line(62), line(63), line(64), line(65)))
                .extracting(each -> each.get("decision") + " " + each.get("reason"))
                .containsExactly("allow approved", "deny approval-denied", "allow policy-allowed", "allow approved");
        assertThat(json.ledger().toString())
                .contains("order/2008", "order/2010", "order/2011")
                .doesNotContain("order/2009");
        glance(
                63,
                "Asked together, decided one by one: \"storm damage, four orders\", partial",
                "mia denies -> not run");
    }

    @Test
    @DisplayName(
            "an emergency runs at once, is alarmed and owed; while its review is overdue there is no other; others review it")
    void emergency() {
        assertThat(line(66).get("reason")).isEqualTo("break-glass");
        assertThat(line(66).get("approvedBy")).isEqualTo(List.of());
        assertThat(kinds(66))
                .containsSubsequence("requested", "decided", "granted", "break-glass", "use-begun", "debt-reviewed");
        assertThat(record(66))
                .anySatisfy(each -> assertThat(each.toString()).contains("kind=break-glass", "alarm=[sam]", "due="));
        assertThat(steps(66)).containsExactly("1 alarm ines", "1 refused ines", "1 reviewed sam");
        assertThat(line(67).get("reason")).isEqualTo("break-glass-debt");
        assertThat(line(67).get("outcome")).isEqualTo("not-run");
        assertThat(line(68).get("decision")).isEqualTo("allow");
        assertThat(json.ledger())
                .filteredOn(each -> each.get("by").equals("user/ines"))
                .hasSize(3);
        printed(
                66,
                "alarm to sam",
                "nobody reviews their own emergency (own-debt)",
                "reviewed by sam after 2 h 10 min: ok");
        printed(67, "an earlier emergency of this person is not reviewed, and overdue (break-glass-debt)");
        assertThat(text).contains("debt    the emergency of ines at Tue 3 Mar 2026 15:00:00 is to be reviewed before");
        glance(66, "Emergencies", "break-glass, reviewed by sam -> entry");
    }

    @Test
    @DisplayName("every request is there at a glance, exactly once")
    void atAGlance() {
        List<String> lines = text.substring(text.indexOf("at a glance"), text.lastIndexOf("-----"))
                .lines()
                .filter(each -> each.matches(" +\\d+  .*"))
                .toList();
        assertThat(lines.stream().map(each -> each.strip().split(" ", 2)[0]))
                .containsExactlyInAnyOrderElementsOf(json.objects().stream()
                        .map(each -> each.get("line").toString())
                        .toList());
        assertThat(lines).allSatisfy(each -> assertThat(each.length()).isLessThanOrEqualTo(100));
    }
}
