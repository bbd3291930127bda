package io.jitapproval.cli;

import io.jitapproval.core.analysis.Check;
import io.jitapproval.core.document.Code;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Findings as JSON of our own, and as SARIF 2.1.0 for code scanning. */
final class FindingsJson {

    private FindingsJson() {}

    static Map<String, @Nullable Object> plain(List<Finding> findings) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Finding finding : findings) {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("code", finding.code());
            json.put("severity", finding.severity().word());
            json.put("file", finding.origin());
            json.put("line", finding.line());
            json.put("column", finding.column());
            if (!finding.rule().isEmpty()) {
                json.put("rule", finding.rule());
            }
            json.put("text", finding.text());
            all.add(json);
        }
        return object("findings", all);
    }

    static Map<String, @Nullable Object> sarif(List<Finding> findings) {
        List<String> codes =
                findings.stream().map(Finding::code).distinct().sorted().toList();
        Map<String, @Nullable Object> driver = object("name", "jit");
        JitCommand.version().ifPresent(version -> driver.put("version", version));
        driver.put("rules", codes.stream().map(FindingsJson::descriptor).toList());
        Map<String, @Nullable Object> run = object("tool", object("driver", driver));
        run.put("columnKind", "utf16CodeUnits");
        run.put(
                "results",
                findings.stream()
                        .map(finding -> result(finding, codes.indexOf(finding.code())))
                        .toList());
        Map<String, @Nullable Object> sarif = object("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        sarif.put("version", "2.1.0");
        sarif.put("runs", List.of(run));
        return sarif;
    }

    private static Map<String, @Nullable Object> descriptor(String code) {
        Map<String, @Nullable Object> descriptor = object("id", code);
        meaning(code, descriptor);
        return descriptor;
    }

    private static void meaning(String code, Map<String, @Nullable Object> descriptor) {
        Stream<Map.Entry<String, String>> faults =
                Arrays.stream(Code.values()).map(each -> Map.entry(each.code(), each.meaning()));
        Stream<Map.Entry<String, String>> checks =
                Arrays.stream(Check.values()).map(each -> Map.entry(each.code(), each.meaning()));
        Stream.concat(faults, checks)
                .filter(each -> each.getKey().equals(code))
                .findFirst()
                .ifPresent(each -> descriptor.put("shortDescription", object("text", each.getValue())));
    }

    private static Map<String, @Nullable Object> result(Finding finding, int index) {
        Map<String, @Nullable Object> region = object("startLine", finding.line());
        region.put("startColumn", finding.column());
        Map<String, @Nullable Object> place = object("artifactLocation", object("uri", uri(finding.origin())));
        place.put("region", region);
        Map<String, @Nullable Object> result = object("ruleId", finding.code());
        result.put("ruleIndex", index);
        result.put("level", finding.severity().word());
        result.put("message", object("text", finding.text()));
        result.put("locations", List.of(object("physicalLocation", place)));
        return result;
    }

    /** Relative files stay relative, so that a scanner finds them in its checkout. */
    private static String uri(String origin) {
        Path path = Texts.path(origin);
        if (path.isAbsolute()) {
            return path.toUri().toString();
        }
        try {
            String name = path.normalize().toString().replace('\\', '/');
            boolean looksLikeScheme = name.contains(":");
            return new URI(null, null, (looksLikeScheme ? "./" : "") + name, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path is quoted into a URI", e);
        }
    }

    private static Map<String, @Nullable Object> object(String name, Object value) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put(name, value);
        return object;
    }
}
