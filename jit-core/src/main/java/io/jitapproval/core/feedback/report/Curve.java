package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.evidence.Certificate;
import io.jitapproval.core.feedback.evidence.Suggestion;
import io.jitapproval.core.feedback.evidence.Suggestion.Point;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The curve of risk over coverage as a picture, with its table. */
final class Curve {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 304;
    private static final int LEFT = 62;
    private static final int TOP = 30;
    private static final int PLOT_WIDTH = 400;
    private static final int PLOT_HEIGHT = 212;
    /** What the vertical axis may end at. */
    private static final double[] ENDS = {0.002, 0.004, 0.01, 0.02, 0.04, 0.06, 0.08, 0.12, 0.2, 0.4, 0.6, 0.8, 1};

    private static final int ACROSS = 4;

    private final Html html;
    private final Suggestion suggestion;
    private final Certificate certificate;
    private final List<Point> points;
    private final double end;

    /** Of so many points at most. */
    Curve(Html html, Suggestion suggestion, int most) {
        this.html = html;
        this.suggestion = suggestion;
        this.certificate = suggestion.certificate();
        this.points = thinned(suggestion.curve(), most);
        double highest = 2 * certificate.maxWrong();
        for (Point point : points) {
            highest = Math.max(highest, unit(point.wrong()) * 1.1);
        }
        if (isTested()) {
            highest = Math.max(highest, Math.min(unit(certificate.bound()), 4 * certificate.maxWrong()) * 1.2);
        }
        this.end = end(highest);
    }

    private static List<Point> thinned(List<Point> all, int most) {
        List<Point> sorted =
                all.stream().sorted(Comparator.comparingDouble(Point::coverage)).toList();
        List<Point> some = new ArrayList<>();
        int step = (sorted.size() + most - 1) / Math.max(1, most);
        for (int i = 0; i < sorted.size(); i++) {
            if (i % step == 0 || i == sorted.size() - 1) {
                some.add(sorted.get(i));
            }
        }
        return some;
    }

    private static double end(double highest) {
        for (double end : ENDS) {
            if (end >= highest) {
                return end;
            }
        }
        return 1;
    }

    private static double unit(double share) {
        return share >= 0 ? Math.min(1, share) : 0;
    }

    private boolean isTested() {
        return certificate.covered() > 0;
    }

    private double wrong() {
        return isTested() ? (double) certificate.wrong() / certificate.covered() : 0;
    }

    void write() {
        html.open("div", "class", "beside");
        html.open("figure");
        picture();
        html.open("figcaption");
        html.open("ul", "class", "legend");
        legend("risk", "denied by people among what is let through");
        legend("band", "up to the upper bound");
        legend("eps", "ε = " + Told.level(certificate.maxWrong()) + ", the most that may be wrong");
        if (isTested()) {
            legend("chosen", suggestion.passed() ? "the suggested threshold" : "the best threshold that was checked");
        }
        html.close("ul", "figcaption", "figure").line();
        table();
        html.close("div").line();
    }

    private void legend(String kind, String words) {
        html.open("li")
                .open("svg", "class", "swatch", "viewBox", "0 0 24 12", "aria-hidden", "true", "focusable", "false");
        switch (kind) {
            case "band" ->
                html.open("rect", "class", "band", "width", "24", "height", "12")
                        .close("rect");
            case "chosen" ->
                html.open("circle", "class", "chosen", "cx", "12", "cy", "6", "r", "4.5")
                        .close("circle");
            default -> html.open("path", "class", kind, "d", "M0 6H24").close("path");
        }
        html.close("svg").say(words).close("li");
    }

    private void picture() {
        String title = html.newId("p");
        html.open(
                        "svg",
                        "class",
                        "picture",
                        "viewBox",
                        "0 0 " + WIDTH + " " + HEIGHT,
                        "role",
                        "img",
                        "aria-labelledby",
                        title)
                .open("title", "id", title)
                .say("How many are wrong at which coverage"
                        + (isTested()
                                ? ": at " + Told.percent(certificate.coverage())
                                        + " let through, " + Told.percent(wrong()) + " were denied by people, at most "
                                        + Told.percent(certificate.bound())
                                : "")
                        + ". The table holds the same numbers.")
                .close("title");
        axes();
        html.open(
                "svg",
                "x",
                "" + LEFT,
                "y",
                "" + TOP,
                "width",
                "" + PLOT_WIDTH,
                "height",
                "" + PLOT_HEIGHT,
                "viewBox",
                "0 0 " + PLOT_WIDTH + " " + PLOT_HEIGHT);
        StringBuilder risk = new StringBuilder();
        StringBuilder band = new StringBuilder();
        for (Point point : points) {
            risk.append(risk.length() == 0 ? 'M' : 'L').append(at(point.coverage(), point.wrong()));
            band.append(band.length() == 0 ? 'M' : 'L').append(at(point.coverage(), point.bound()));
        }
        for (int i = points.size() - 1; i >= 0; i--) {
            band.append('L').append(at(points.get(i).coverage(), points.get(i).wrong()));
        }
        html.open("path", "class", "band", "d", band + "Z").close("path");
        html.open(
                        "path",
                        "class",
                        "eps",
                        "d",
                        "M" + at(0, certificate.maxWrong()) + "L" + at(1, certificate.maxWrong()))
                .close("path");
        html.open("path", "class", "risk", "d", risk.toString()).close("path");
        html.close("svg");
        if (isTested()) {
            chosen();
        }
        html.close("svg").line();
    }

    private void axes() {
        for (int i = 0; i <= ACROSS; i++) {
            double share = (double) i / ACROSS;
            double y = TOP + PLOT_HEIGHT * (1 - share);
            double x = LEFT + PLOT_WIDTH * share;
            html.open(
                            "path",
                            "class",
                            i == 0 ? "axis" : "grid",
                            "d",
                            "M" + LEFT + " " + coordinate(y) + "h" + PLOT_WIDTH)
                    .close("path");
            label(LEFT - 8, y + 4, "end", Told.plain(end * share * 100) + " %");
            label(x, TOP + PLOT_HEIGHT + 20, i == ACROSS ? "end" : "middle", Math.round(share * 100) + " %");
        }
        html.open(
                        "text",
                        "class",
                        "name",
                        "x",
                        coordinate(LEFT + PLOT_WIDTH / 2.0),
                        "y",
                        "" + (HEIGHT - 8),
                        "text-anchor",
                        "middle")
                .say("let through without people")
                .close("text");
        html.open("text", "class", "name", "x", "" + LEFT, "y", "" + (TOP - 12))
                .say("wrong")
                .close("text");
    }

    private void chosen() {
        double x = LEFT + PLOT_WIDTH * unit(certificate.coverage());
        double y = TOP + PLOT_HEIGHT * (1 - Math.min(1, unit(wrong()) / end));
        double top = TOP + PLOT_HEIGHT * (1 - Math.min(1, unit(certificate.bound()) / end));
        html.open("path", "class", "drop", "d", "M" + coordinate(x) + " " + (TOP + PLOT_HEIGHT) + "V" + coordinate(top))
                .close("path");
        html.open("path", "class", "tick", "d", "M" + coordinate(x - 7) + " " + coordinate(top) + "h14")
                .close("path");
        html.open("circle", "class", "chosen", "cx", coordinate(x), "cy", coordinate(y), "r", "5.5")
                .close("circle");
    }

    private void label(double x, double y, String anchor, String words) {
        html.open("text", "x", coordinate(x), "y", coordinate(y), "text-anchor", anchor)
                .say(words)
                .close("text");
    }

    private String at(double coverage, double share) {
        return coordinate(PLOT_WIDTH * unit(coverage)) + " " + coordinate(PLOT_HEIGHT * (1 - unit(share) / end));
    }

    private static String coordinate(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private void table() {
        Table table = new Table(html, "Risk over coverage", "#Let through", "#Wrong", "#At most", "#Threshold");
        boolean isOpen = isTested();
        for (Point point : points) {
            if (isOpen && point.coverage() >= certificate.coverage()) {
                boolean same = Math.abs(point.coverage() - certificate.coverage()) < 1e-9;
                marked(table);
                isOpen = false;
                if (same) {
                    continue;
                }
            }
            table.row(
                    Told.percent(point.coverage()),
                    Told.percent(point.wrong()),
                    Told.percent(point.bound()),
                    Told.plain(point.threshold()));
        }
        if (isOpen) {
            marked(table);
        }
        table.close();
    }

    private void marked(Table table) {
        table.row(
                "chosen",
                List.of(
                        Told.percent(certificate.coverage()),
                        Told.percent(wrong()),
                        Told.percent(certificate.bound()),
                        suggestion.passed() ? "suggested" : "checked"));
    }
}
