package io.jitapproval.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Words the table. */
final class Report {

    /** The peers that get a column: heading and row. */
    private static final List<Map.Entry<String, String>> PEERS = List.of(
            Map.entry("direct", "Floor.direct"),
            Map.entry("map", "Floor.map"),
            Map.entry("Caffeine", "Floor.caffeine"),
            Map.entry("JDK proxy", "Floor.jdkProxy"),
            Map.entry("hand dec.", "HandCoded.decide:1000"),
            Map.entry("hand allow", "HandCoded.allowed"),
            Map.entry("hand cover", "HandCoded.covered"),
            Map.entry("@PreAuth.", "SpringSecurity.allowed"),
            Map.entry("CEL", "Cel.evaluate"),
            Map.entry("Shiro 1k", "Shiro.decide:1000"),
            Map.entry("jCasbin 1k", "Casbin.decide:1000"),
            Map.entry("Cedar 1k", "Cedar.decide:1000"));

    private Report() {}

    static String of(Map<String, Figure> figures) {
        StringBuilder out = new StringBuilder();
        out.append(String.format(Locale.ROOT, "%-36s %14s %13s %14s %11s", "", "ns/op", "± err", "cpu ns/op", "B/op"));
        PEERS.forEach(peer -> out.append(String.format(Locale.ROOT, " %10s", peer.getKey())));
        out.append('\n');
        for (Row row : Row.ALL) {
            Figure figure = figures.get(row.id());
            if (figure != null) {
                line(out, row, figure, figures);
            }
        }
        out.append("\nThe columns on the right: this row's processor time divided by that peer's, of this run.\n\n");
        difference(out, "our proxy", "Call.allowed", figures);
        difference(out, "our Spring advisor", "Spring.allowed", figures);
        out.append('\n');
        Target.ALL.forEach(target -> out.append(target.judge(figures)).append('\n'));
        return out.toString();
    }

    private static void line(StringBuilder out, Row row, Figure figure, Map<String, Figure> figures) {
        out.append(String.format(
                Locale.ROOT,
                "%-36s %,14.1f %,13.1f %,14.1f %,11.0f",
                row.label(),
                figure.nanos(),
                figure.error(),
                figure.cpu(),
                figure.bytes()));
        if (row.ours()) {
            for (Map.Entry<String, String> peer : PEERS) {
                Figure other = figures.get(peer.getValue());
                out.append(
                        String.format(Locale.ROOT, " %10s", other == null ? "" : factor(figure.cpu() / other.cpu())));
            }
        }
        out.append('\n');
    }

    private static String factor(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.4f" : ratio < 10 ? "%.2f" : "%.0f", ratio);
    }

    private static void difference(StringBuilder out, String what, String row, Map<String, Figure> figures) {
        Figure with = figures.get(row);
        Figure without = figures.get("Call.allowedNoInterceptor");
        if (with != null && without != null) {
            out.append(String.format(
                    Locale.ROOT,
                    "Interception by %s: %.0f ns, the call less the same call without an interceptor%n",
                    what,
                    with.cpu() - without.cpu()));
        }
    }
}
