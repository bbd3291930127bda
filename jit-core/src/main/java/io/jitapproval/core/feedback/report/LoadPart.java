package io.jitapproval.core.feedback.report;

import io.jitapproval.core.feedback.insight.Load;
import io.jitapproval.core.feedback.insight.Load.Hour;
import io.jitapproval.core.feedback.insight.Load.Person;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;

/** How much is asked at which hour, how long it waits, and who answers: bars, with their tables. */
final class LoadPart {

    private static final int WIDTH = 480;
    private static final int LEFT = 62;
    private static final int BAR = 17;
    private static final int PLOT_HEIGHT = 88;
    private static final int GAP = 34;
    private static final int HEIGHT = 2 * (PLOT_HEIGHT + GAP) + 26;
    private static final int EVERY = 6;
    private static final int MOST_PEOPLE = 200;

    private final Html html;
    private final Load load;

    LoadPart(Html html, Load load) {
        this.html = html;
        this.load = load;
    }

    void write() {
        if (load.requests() == 0) {
            html.sayIn("p", "People were asked for nothing.", "class", "quiet").line();
            return;
        }
        html.open("dl", "class", "figures");
        html.fact("requests to people", Told.count(load.requests()));
        load.medianWait().ifPresent(wait -> html.fact("half waited at most", Told.duration(wait)));
        load.p90Wait().ifPresent(wait -> html.fact("nine of ten at most", Told.duration(wait)));
        html.fact("people who answered", Told.count(load.people().size()));
        html.close("dl").line();
        if (!load.hours().isEmpty()) {
            html.open("div", "class", "beside").open("figure");
            picture();
            html.sayIn("figcaption", "By the hour of the day, over all days; the table holds the same numbers.");
            html.close("figure").line();
            hours();
            html.close("div").line();
        }
        if (!load.people().isEmpty()) {
            people();
        }
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
                .say("Bars: requests asked and median wait by the hour of the day")
                .close("title");
        bars("requests asked", GAP, Hour::opened, peak -> Told.count(Math.round(peak)));
        bars("median wait", 2 * GAP + PLOT_HEIGHT, LoadPart::seconds, Told::duration);
        for (int hour = 0; hour <= 24; hour += EVERY) {
            label(LEFT + BAR * hour, HEIGHT - 6, hour == 24 ? "end" : "middle", hour + " h");
        }
        html.close("svg").line();
    }

    private static double seconds(Hour hour) {
        return hour.medianWait().map(wait -> wait.toMillis() / 1e3).orElse(0.0);
    }

    private void bars(String name, int top, ToDoubleFunction<Hour> height, DoubleFunction<String> words) {
        double peak = load.hours().stream().mapToDouble(height).max().orElse(0);
        int bottom = top + PLOT_HEIGHT;
        html.open("text", "class", "name", "x", "" + LEFT, "y", "" + (top - 10))
                .say(name)
                .close("text");
        html.open("path", "class", "grid", "d", "M" + LEFT + " " + top + "h" + 24 * BAR)
                .close("path");
        html.open("path", "class", "axis", "d", "M" + LEFT + " " + bottom + "h" + 24 * BAR)
                .close("path");
        label(LEFT - 8, top + 5, "end", peak > 0 ? words.apply(peak) : "none");
        label(LEFT - 8, bottom + 4, "end", "0");
        for (Hour hour : load.hours()) {
            double share = peak > 0 ? height.applyAsDouble(hour) / peak : 0;
            if (share > 0) {
                html.open(
                                "rect",
                                "class",
                                "bar",
                                "x",
                                "" + (LEFT + BAR * hour.hour() + 2),
                                "y",
                                coordinate(bottom - PLOT_HEIGHT * share),
                                "width",
                                "" + (BAR - 4),
                                "height",
                                coordinate(PLOT_HEIGHT * share))
                        .close("rect");
            }
        }
    }

    private void label(int x, int y, String anchor, String words) {
        html.open("text", "x", "" + x, "y", "" + y, "text-anchor", anchor)
                .say(words)
                .close("text");
    }

    private static String coordinate(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    private void hours() {
        Table table = new Table(html, "Load by hour", "#Hour", "#Asked", "#Votes", "#Median wait", "#Others waiting");
        for (Hour hour : load.hours()) {
            table.row(
                    String.format(Locale.ROOT, "%02d", hour.hour()),
                    Told.count(hour.opened()),
                    Told.count(hour.votes()),
                    hour.medianWait().map(Told::duration).orElse("–"),
                    Double.isNaN(hour.meanQueue()) ? "–" : Told.tenth(hour.meanQueue()));
        }
        table.close();
    }

    private void people() {
        Table table = new Table(
                html, "Who answers", "Person", "#Votes", "#Approved", "#Half within", "#Nine of ten", "#Busiest hour");
        List<Person> people = load.people();
        people.stream()
                .limit(MOST_PEOPLE)
                .forEach(person -> table.row(
                        person.person().toString(),
                        Told.count(person.votes()),
                        person.votes() == 0 ? "–" : Told.percent((double) person.approved() / person.votes()),
                        person.median().map(Told::duration).orElse("–"),
                        person.p90().map(Told::duration).orElse("–"),
                        Told.count(person.busiestHour())));
        table.close();
        if (people.size() > MOST_PEOPLE) {
            html.sayIn(
                    "p",
                    Told.count(people.size() - MOST_PEOPLE) + " people with fewer votes are not shown.",
                    "class",
                    "note");
        }
    }
}
