package io.jitapproval.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.feedback.report.FeedbackReport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("the report of the feedback loop as text")
class FeedbackReportTextTest {

    private static final int TWO_MEGABYTES = 2_000_000;
    private static final Pattern STYLE = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL);

    @Test
    @DisplayName("100 suggestions and 500 findings stay under 2 MB, each of them shown")
    void size() {
        String html = Reports.large().html();
        assertThat(html.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(TWO_MEGABYTES);
        assertThat(html.split("<article class=\"card", -1)).hasSize(101);
        assertThat(html.split("<article class=\"finding", -1)).hasSize(501);
    }

    @Test
    @DisplayName("what is beyond is counted, never dropped in silence")
    void endless() {
        assertThat(Reports.endless().html())
                .contains("400 more are not shown here.")
                .contains("5\u00A0000 more are not listed here.")
                .contains("people with fewer votes are not shown.");
    }

    @Test
    @DisplayName("the page's policy lets in its own style sheet and nothing else")
    void policy() throws Exception {
        String html = Reports.nothing().html();
        Matcher style = STYLE.matcher(html);
        assertThat(style.find()).isTrue();
        String digest = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
        assertThat(html)
                .contains("content=\"default-src 'none'; style-src 'sha256-" + digest
                        + "'; img-src data:; base-uri 'none'; form-action 'none'\"")
                .doesNotContain("<script", " style=", "http://", "https://", "url(", "@import");
    }

    @Test
    @DisplayName("nothing to suggest is an answer with its reason")
    void nothing() {
        assertThat(Reports.nothing().html())
                .contains("No suggestion for any action")
                .contains("decisions are evidence: too few to learn from");
        assertThat(Reports.rich().html())
                .contains("No suggestion, because")
                .contains("more decisions like these would not help");
    }

    @Test
    @DisplayName("the same report is the same text")
    void same() {
        FeedbackReport report = Reports.hostile();
        assertThat(report.html()).isEqualTo(report.html());
    }

    @Test
    @DisplayName("a report of nothing is refused, and each part is set once")
    void builder() {
        assertThatThrownBy(() -> FeedbackReport.of("title", Reports.AS_OF).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("something to report");
        FeedbackReport nothing = Reports.nothing();
        assertThatThrownBy(() -> FeedbackReport.of("t", Reports.AS_OF)
                        .findings(nothing.findings().orElseThrow())
                        .findings(nothing.findings().orElseThrow()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FeedbackReport(
                        " ",
                        Reports.AS_OF,
                        List.of(),
                        nothing.learnt(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .hasMessageContaining("title");
    }

    @Test
    @DisplayName("a report says only what it was given")
    void parts() {
        FeedbackReport rich = Reports.rich();
        String html = FeedbackReport.of("Only a replay", Reports.AS_OF)
                .simulation(rich.simulation().orElseThrow())
                .build()
                .html();
        assertThat(html)
                .contains("<h2 id=\"replay\">")
                .doesNotContain("id=\"suggestions\"", "id=\"people\"", "id=\"digest\"");
    }
}
