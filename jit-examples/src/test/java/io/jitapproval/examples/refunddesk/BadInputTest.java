package io.jitapproval.examples.refunddesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with what a user hands over: one clear message each, and nothing is half done. */
class BadInputTest {

    private static final String GOOD =
            "{\"subject\":{\"type\":\"user\",\"id\":\"ana\"},\"action\":{\"name\":\"report.read\"},\"resource\":{\"type\":\"r\",\"id\":\"1\"}}\n";

    @TempDir
    Path folder;

    private final Map<String, List<String>> cases = new LinkedHashMap<>();

    @Test
    @DisplayName("the text of every fault is as agreed")
    void golden() throws IOException {
        requests();
        people();
        scripts();
        policies();
        files();
        options();
        StringBuilder all = new StringBuilder();
        int number = 0;
        for (Map.Entry<String, List<String>> each : cases.entrySet()) {
            Path output = Files.createDirectory(folder.resolve("output" + number++));
            List<String> args = new ArrayList<>(each.getValue());
            if (!args.contains("--audit")) {
                args.addAll(List.of("--audit", output.resolve("audit.jsonl").toString()));
            }
            Run run = Run.exactly(output, GOOD, args.toArray(String[]::new));
            assertThat(run.code()).as(each.getKey()).isEqualTo(2);
            assertThat(run.out()).as(each.getKey()).isEmpty();
            try (Stream<Path> written = Files.list(output)) {
                assertThat(written).as("files written by '%s'", each.getKey()).isEmpty();
            }
            assertThat(run.err()).endsWith("Nothing was run." + System.lineSeparator());
            all.append("# ").append(each.getKey()).append('\n');
            run.err()
                    .lines()
                    .filter(line -> !line.equals("Nothing was run."))
                    .filter(line -> !line.startsWith(" "))
                    .map(line -> line.replace(folder + "/", ""))
                    // what the library says about policies is agreed elsewhere
                    .map(line -> line.replaceFirst("(JIT-\\w+) .*", "$1 (...)"))
                    .forEach(line -> all.append(line).append('\n'));
            all.append('\n');
        }
        assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
        Golden.check("bad-input.txt", all.toString());
    }

    private void file(String option, String name, byte[] content) {
        try {
            Path file = Files.createTempDirectory(folder, "in").resolve("input.json");
            Files.write(file, content);
            Path stable = folder.resolve(name.replace(' ', '-').replaceAll("[^\\w.-]", ""));
            Files.move(file, stable);
            String value = option.equals("--approver") ? "script:" + stable : stable.toString();
            cases.put(name, List.of(option, value));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void request(String name, String content) {
        file("--requests", "request " + name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void requests() {
        request("malformed in line 2", GOOD + GOOD.replace("\"action\":", "\"action\"") + GOOD);
        request("unclosed", GOOD + GOOD.replace("}\n", "\n"));
        request("trailing", GOOD.strip() + " {}\n");
        request("trailing comma", GOOD.replace("\"1\"}}", "\"1\",}}"));
        request("comment", "// requests\n" + GOOD);
        request("NaN", GOOD.replace("\"report.read\"", "\"x\",\"properties\":{\"n\":NaN}"));
        request("too many digits", GOOD.replace("\"report.read\"", "\"x\",\"properties\":{\"n\":1e9999}"));
        request(
                "too deep",
                GOOD.replace(
                        "\"report.read\"", "\"x\",\"properties\":{\"n\":" + "[".repeat(2000) + "]".repeat(2000) + "}"));
        request("duplicate key", GOOD.replace("\"id\":\"ana\"", "\"id\":\"ana\",\"id\":\"mia\""));
        request("unknown field", GOOD.replace("{\"subject\"", "{\"who\":1,\"subject\""));
        request("unknown field of subject", GOOD.replace("\"id\":\"ana\"", "\"id\":\"ana\",\"roles\":[]"));
        request("without subject", GOOD.replace("\"subject\":{\"type\":\"user\",\"id\":\"ana\"},", ""));
        request("without action and resource", "{\"subject\":{\"type\":\"user\",\"id\":\"ana\"}}\n");
        request("without ids", "{\"subject\":{},\"action\":{},\"resource\":{}}\n");
        request("how of an unknown kind", GOOD.replace("}}\n", "},\"how\":{\"replays\":true}}\n"));
        request("how in two ways", GOOD.replace("}}\n", "},\"how\":{\"replay\":true,\"bundle\":\"b\"}}\n"));
        request("how with bad values", GOOD.replace("}}\n", "},\"how\":{\"replay\":1,\"at\":\"noon\"}}\n"));
        request("emergency in few words", GOOD.replace("}}\n", "},\"how\":{\"breakGlass\":\"quick!\"}}\n"));
        request(
                "bundle of 101",
                GOOD.replace("}}\n", "},\"how\":{\"bundle\":\"b\"}}\n").repeat(101));
        request("subject as text", GOOD.replace("{\"type\":\"user\",\"id\":\"ana\"}", "\"ana\""));
        request("id as number", GOOD.replace("\"ana\"", "7"));
        request("blank id", GOOD.replace("\"ana\"", "\" \""));
        request("context as list", GOOD.replace("}}\n", "},\"context\":[]}\n"));
        request("properties null", GOOD.replace("\"report.read\"", "\"x\",\"properties\":null"));
        request("blank property", GOOD.replace("\"report.read\"", "\"x\",\"properties\":{\"\":1}"));
        request("not an object", "[1]\n\"text\"\nnull\n");
        request("control characters", GOOD.replace("\"id\":\"ana\"", "\"id\":\"ana\",\"\\u001b[2J\\u202e\":1"));
        request("empty", "");
        request("blank lines", "\n \n\n");
        file("--requests", "request not UTF-8", (GOOD + "{\"a\u00e4\":1}").getBytes(StandardCharsets.ISO_8859_1));
        file("--requests", "request cut within a character", new byte[] {'{', (byte) 0xC3});
        file("--requests", "request with byte order mark", ("\uFEFF" + GOOD).getBytes(StandardCharsets.UTF_8));
        file("--requests", "request in UTF-16", GOOD.getBytes(StandardCharsets.UTF_16LE));
    }

    private void people() {
        String[][] files = {
            {"malformed", "{\"people\": [\n  {\"id\": \"mia\" \"roles\": []}\n]}"},
            {"unknown fields", "{\"people\": [\n  {\"id\": \"mia\", \"role\": \"BOSS\"}\n], \"groups\": []}"},
            {"without people", "{}"},
            {"people no list", "{\"people\": {\"mia\": {}}}"},
            {"without id", "{\"people\": [\n  {\"name\": \"Mia\"}\n]}"},
            {"same id twice", "{\"people\": [\n  {\"id\": \"mia\"},\n  {\"id\": \"mia\"}\n]}"},
            {
                "identity of two",
                "{\"people\": [{\"id\": \"mia\", \"identities\": [\"slack/1\"]},\n  {\"id\": \"tom\", \"identities\": [\"slack/1\"]}]}"
            },
            {"identity without type", "{\"people\": [{\"id\": \"mia\", \"identities\": [\"mia@example.org\"]}]}"},
            {"role no text", "{\"people\": [{\"id\": \"mia\", \"roles\": [1, \"\"]}]}"},
            {"roles no list", "{\"people\": [{\"id\": \"mia\", \"roles\": \"BOSS\"}]}"},
            {"empty", ""},
        };
        for (String[] each : files) {
            file("--people", "people " + each[0], each[1].getBytes(StandardCharsets.UTF_8));
        }
    }

    private void scripts() {
        String[][] files = {
            {"malformed", "{\"answers\": [\n  {\"match\": }\n]}"},
            {
                "unknown field",
                "{\"answers\": [\n  {\"match\": {\"act\": \"x\"}, \"by\": \"mia\", \"verdict\": \"approve\", \"late\": 1}\n]}"
            },
            {"unknown verdict", "{\"match\": {}, \"by\": \"mia\", \"verdict\": \"yes\"}"},
            {"missing fields", "{\"answers\": [{}]}"},
            {
                "bad values",
                "{\"answers\": [\n  {\"match\": {}, \"by\": \"a/\", \"verdict\": \"deny\", \"after\": \"5 min\", \"within\": \"PT0S\", \"uses\": 0, \"scope\": \"all\"}\n]}"
            },
            {
                "verdict and deed",
                "{\"answers\": [\n  {\"match\": {}, \"by\": \"mia\", \"verdict\": \"approve\", \"does\": \"withdraw\"}\n]}"
            },
            {
                "unknown deed, and one without words",
                "{\"answers\": [\n  {\"match\": {}, \"by\": \"mia\", \"does\": \"shrug\"},\n  {\"match\": {}, \"by\": \"mia\", \"does\": \"question\"}\n]}"
            },
            {
                "bad ceilings",
                "{\"answers\": [\n  {\"match\": {}, \"by\": \"mia\", \"verdict\": \"approve\", \"ceilings\": {\"amount\": \"few\"}, \"firstSight\": \"no\"}\n]}"
            },
            {"stand-ins no list", "{\"answers\": [], \"standIns\": {\"for\": \"zoe\"}}"},
            {"stand-in without fields", "{\"answers\": [], \"standIns\": [{\"for\": \"zoe\"}]}"},
            {
                "stand-ins who cannot be",
                "{\"startsAt\": \"2026-03-02T08:00:00Z\", \"answers\": [], \"standIns\": [\n"
                        + away("zoe", "nobody", "03-09") + ",\n" + away("zoe", "zoe", "03-09") + ",\n"
                        + away("zoe", "mia", "03-01") + ",\n" + away("zoe", "mia", "05-09") + "]}"
            },
            {"bad times", "{\"startsAt\": \"today\", \"between\": \"-PT1M\", \"answers\": []}"},
            {"lines", "{\"match\": {}, \"by\": \"mia\", \"verdict\": \"approve\"}\n{\"match\": {}, \"by\": \"mia\"}\n"},
        };
        for (String[] each : files) {
            file("--approver", "script " + each[0], each[1].getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String away(String person, String standIn, String until) {
        return "  {\"for\": \"" + person + "\", \"by\": \"" + standIn
                + "\", \"from\": \"2026-03-02T08:00:00Z\", \"until\": \"2026-" + until + "T08:00:00Z\"}";
    }

    private void policies() {
        String[][] files = {
            {"malformed", "{\"default\": \"deny\",\n  \"rules\": [}"},
            {
                "unknown effect",
                "{\"default\": \"deny\",\n  \"rules\": [{\"id\": \"a\", \"actions\": [\"x\"], \"effect\": \"alow\"}]}"
            },
            {"empty", ""},
        };
        for (String[] each : files) {
            file("--policy", "policy " + each[0], each[1].getBytes(StandardCharsets.UTF_8));
        }
        file("--policy", "policy not UTF-8", new byte[] {'{', (byte) 0xFF});
    }

    private void files() {
        String nowhere = folder.resolve("nowhere.json").toString();
        for (String option : List.of("--policy", "--people", "--requests")) {
            cases.put("missing file for " + option, List.of(option, nowhere));
            cases.put("directory for " + option, List.of(option, folder.toString() + "/."));
        }
        cases.put("missing script", List.of("--approver", "script:" + nowhere));
        cases.put("everything missing", List.of("--policy", nowhere, "--people", nowhere, "--requests", nowhere));
        cases.put(
                "record in a missing directory",
                List.of("--audit", folder.resolve("no/audit.jsonl").toString()));
        cases.put("record is a directory", List.of("--audit", folder.toString() + "/."));
        cases.put(
                "ledger in a missing directory",
                List.of("--ledger", folder.resolve("no/ledger.jsonl").toString()));
    }

    private void options() {
        cases.put("unknown option", List.of("--polcy", "x"));
        cases.put("stray word", List.of("policy.json"));
        cases.put("option without value", List.of("--policy"));
        cases.put("option twice", List.of("--format", "text", "--format=json"));
        cases.put("unknown format", List.of("--format", "xml"));
        cases.put("unknown approver", List.of("--approver", "fake:maybe"));
        cases.put("script without file", List.of("--approver", "script:"));
        cases.put("terminal and standard input", List.of("--approver", "terminal", "--requests", "-"));
    }

    @Test
    @DisplayName("a ledger with an unfinished line is not touched")
    void tornLedger() throws IOException {
        Path ledger = Run.write(folder.resolve("ledger.jsonl"), "{\"entry\":1}\n{\"ent");
        Run run = Run.of(folder, "", "--ledger", ledger.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("DESK-011", "its last line is not finished");
        assertThat(Run.read(ledger)).isEqualTo("{\"entry\":1}\n{\"ent");
        assertThat(folder.resolve("audit.jsonl")).doesNotExist();
    }

    @Test
    @DisplayName("a file that may not be read, and a record that another process holds, are told")
    void inUse() throws IOException {
        Path audit = folder.resolve("audit.jsonl");
        try (var sink = new AutoClosing(io.jitapproval.core.AuditSinks.jsonLines(audit))) {
            Run run = Run.of(folder, "");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("audit.jsonl DESK-011 the record cannot be used");
            assertThat(sink.sink()).isNotNull();
        }
    }

    private record AutoClosing(io.jitapproval.spi.AuditSink sink) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            try {
                sink.close();
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}
