package io.jitapproval.core.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jitapproval.core.document.Node.Place;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.helpers.DefaultHandler;

@Label("policy tests: whatever a case says, the XML can be read and says the same")
class JUnitXmlLawsTest {

    @Property(tries = 400)
    @Label("names, differences and explanations of any characters")
    void anyText(@ForAll String name, @ForAll String difference, @ForAll String explanation) throws Exception {
        check(Report::junit, name, difference, explanation);
    }

    @Example
    @Label("broken twin: a writer that forgets characters that XML cannot hold")
    void twin() {
        assertThatThrownBy(() -> check(JUnitXmlLawsTest::naive, "a\u0007b", "c", "d"))
                .isInstanceOf(Exception.class);
    }

    private static void check(Function<Report, String> writer, String name, String difference, String explanation)
            throws Exception {
        CaseResult failed = new CaseResult(name, new Place(3, 5), List.of(difference), explanation, Duration.ZERO);
        CaseResult passed = new CaseResult("passed", new Place(9, 5), List.of(), "", Duration.ZERO);
        Report report = new Report(List.of(new FileResult("a.test.yaml", List.of(failed, passed))), List.of(), 0);
        DocumentBuilder parser = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
        parser.setErrorHandler(new DefaultHandler());
        Element root = parser.parse(new InputSource(new StringReader(writer.apply(report))))
                .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests") + root.getAttribute("failures")).isEqualTo("21");
        assertThat(root.getElementsByTagName("testcase").getLength()).isEqualTo(2);
        Element first = (Element) root.getElementsByTagName("testcase").item(0);
        assertThat(first.getAttribute("name")).isEqualTo(blanks(readable(name)));
        assertThat(first.getElementsByTagName("failure").getLength()).isEqualTo(1);
        String all = difference + (explanation.isEmpty() ? "" : "\n\n" + explanation);
        Element failure = (Element) first.getElementsByTagName("failure").item(0);
        assertThat(failure.getTextContent()).isEqualTo(readable(all));
        assertThat(failure.getAttribute("message")).isEqualTo(blanks(readable(difference)));
    }

    private static String naive(Report report) {
        CaseResult failed = report.files().get(0).cases().get(0);
        return "<testsuites tests='2' failures='1'><testsuite><testcase name='" + failed.name()
                + "'><failure message='" + failed.differences().get(0) + "'>"
                + failed.differences().get(0) + "\n\n" + failed.explanation()
                + "</failure></testcase><testcase/></testsuite></testsuites>";
    }

    /** By the production {@code Char} of XML 1.0. */
    private static String readable(String text) {
        return text.replace('\r', '\n')
                .replaceAll("[^\\t\\n\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]", "\uFFFD");
    }

    private static String blanks(String text) {
        return text.replace('\n', ' ').replace('\t', ' ');
    }
}
