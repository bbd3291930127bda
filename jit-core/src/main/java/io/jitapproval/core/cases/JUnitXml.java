package io.jitapproval.core.cases;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report in the XML that build servers read: suites, cases and failures as Surefire writes them. */
final class JUnitXml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();
    private static final String COVERAGE = "rule coverage";

    private final XMLStreamWriter xml;

    private JUnitXml(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String of(Report report) {
        StringWriter text = new StringWriter(1024);
        try {
            XMLStreamWriter writer = FACTORY.createXMLStreamWriter(text);
            new JUnitXml(writer).write(report);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.toString();
    }

    private void write(Report report) throws XMLStreamException {
        boolean covers = report.least() > 0;
        long missed = report.coverage().stream()
                .filter(each -> !report.shortfall(each).isEmpty())
                .count();
        List<CaseResult> all =
                report.files().stream().flatMap(file -> file.cases().stream()).toList();
        int checks = covers ? report.coverage().size() : 0;
        xml.writeStartDocument("UTF-8", "1.0");
        line(0);
        xml.writeStartElement("testsuites");
        counts(report.cases() + checks, report.failed() + (covers ? missed : 0), seconds(all));
        for (FileResult file : report.files()) {
            suite(file.origin(), file.cases().size(), file.failed(), seconds(file.cases()));
            for (CaseResult each : file.cases()) {
                testcase(each.name(), file.origin(), seconds(List.of(each)), each.differences(), each.explanation());
            }
            line(1);
            xml.writeEndElement();
        }
        if (covers) {
            suite(COVERAGE, checks, missed, "0");
            for (Coverage each : report.coverage()) {
                String shortfall = report.shortfall(each);
                testcase(each.name(), COVERAGE, "0", shortfall.isEmpty() ? List.of() : List.of(shortfall), "");
            }
            line(1);
            xml.writeEndElement();
        }
        line(0);
        xml.writeEndElement();
        xml.writeEndDocument();
        line(0);
    }

    private void suite(String name, int tests, long failures, String seconds) throws XMLStreamException {
        line(1);
        xml.writeStartElement("testsuite");
        attribute("name", name);
        counts(tests, failures, seconds);
    }

    private void counts(int tests, long failures, String seconds) throws XMLStreamException {
        attribute("tests", Integer.toString(tests));
        attribute("failures", Long.toString(failures));
        attribute("errors", "0");
        attribute("skipped", "0");
        attribute("time", seconds);
    }

    private void testcase(String name, String suite, String seconds, List<String> differences, String explanation)
            throws XMLStreamException {
        line(2);
        if (differences.isEmpty()) {
            xml.writeEmptyElement("testcase");
        } else {
            xml.writeStartElement("testcase");
        }
        attribute("name", name);
        attribute("classname", suite);
        attribute("time", seconds);
        if (!differences.isEmpty()) {
            line(3);
            xml.writeStartElement("failure");
            attribute("message", String.join("; ", differences));
            attribute("type", "expectation");
            String all = String.join("\n", differences) + (explanation.isEmpty() ? "" : "\n\n" + explanation);
            xml.writeCharacters(legal(all));
            xml.writeEndElement();
            line(2);
            xml.writeEndElement();
        }
    }

    private void line(int depth) throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }

    /** A reader makes blanks of line ends in attributes, so they are blanks from the start. */
    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, legal(value).replaceAll("[\\n\\r\\t]", " "));
    }

    private static String seconds(List<CaseResult> cases) {
        Duration all = cases.stream().map(CaseResult::time).reduce(Duration.ZERO, Duration::plus);
        return all.isZero() ? "0" : BigDecimal.valueOf(all.toMillis(), 3).toPlainString();
    }

    /** What XML 1.0 cannot hold, escaped or not, becomes a replacement character. A reader makes a line feed of a carriage return. */
    private static String legal(String text) {
        StringBuilder legal = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> isLegal(c) ? c : '\uFFFD')
                .map(c -> c == '\r' ? '\n' : c)
                .forEach(legal::appendCodePoint);
        return legal.toString();
    }

    private static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
