package io.jitapproval.cli;

import io.jitapproval.core.document.Node;
import io.jitapproval.core.policy.FieldOrder;
import io.jitapproval.core.policy.JsonLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/**
 * A policy in YAML, laid out. What stands in brackets stays there where it fits on one line. Fields are put into our order
 * only where no comment could lose what it is about.
 */
final class YamlLayout {

    private static final int WIDTH = JsonLayout.WIDTH;
    private static final String STEP = "  ";
    /** Comments for editors: they belong to the file, not to the field that follows. */
    private static final Pattern MODELINE = Pattern.compile("#\\s*(yaml-language-server:|\\$schema[:=]).*");

    private final StringBuilder out = new StringBuilder();

    private YamlLayout() {}

    static String of(Piece root) {
        root.isFlow = false;
        YamlLayout layout = new YamlLayout();
        layout.document(root);
        return layout.out.toString();
    }

    private void document(Piece root) {
        List<String> header = header(root);
        lines(header, "");
        if (!header.isEmpty() && !isModeline(header)) {
            out.append('\n');
        }
        entries(root, "", FieldOrder.DOCUMENT, false);
    }

    /** Takes the comments that stand above the whole document away from its first entry. */
    private static List<String> header(Piece root) {
        if (root.entries.isEmpty()) {
            return List.of();
        }
        List<String> before = root.entries.get(0).before;
        List<String> tidy = tidy(before, true);
        int end = tidy.lastIndexOf("");
        while (end < 0 && isModeline(tidy)) {
            end = tidy.size();
        }
        List<String> header = end < 0 ? List.of() : tidy(tidy.subList(0, Math.min(end, tidy.size())), true);
        before.clear();
        before.addAll(end < 0 ? tidy : tidy.subList(Math.min(end, tidy.size()), tidy.size()));
        return header;
    }

    private static boolean isModeline(List<String> comments) {
        return !comments.isEmpty()
                && comments.stream()
                        .allMatch(comment -> MODELINE.matcher(comment).matches());
    }

    private void entries(Piece piece, String indent, FieldOrder order, boolean spaced) {
        boolean first = true;
        for (Piece.Entry entry : ordered(piece, order)) {
            List<String> before = new ArrayList<>(tidy(entry.before, first));
            if (spaced && !first && (before.isEmpty() || !before.get(0).isEmpty())) {
                before.add(0, "");
            }
            lines(before, indent);
            entry(entry, indent, order);
            first = false;
        }
        List<String> end = new ArrayList<>(tidy(piece.end, false));
        while (!end.isEmpty() && end.get(end.size() - 1).isEmpty()) {
            end.remove(end.size() - 1);
        }
        lines(end, indent);
    }

    private static List<Piece.Entry> ordered(Piece piece, FieldOrder order) {
        if (!(piece.node instanceof Node.Obj)) {
            return piece.entries;
        }
        List<Piece.Entry> sorted = order.sorted(piece.entries, entry -> String.valueOf(entry.name));
        boolean endsInComment = !piece.end.isEmpty() && !piece.end.get(0).isEmpty();
        boolean isUnsafe = endsInComment || piece.entries.stream().anyMatch(entry -> isAfloat(entry.before));
        return isUnsafe ? piece.entries : sorted;
    }

    /** Whether a comment has a blank line behind it, so that it may be about more than the next entry. */
    private static boolean isAfloat(List<String> before) {
        int blank = before.lastIndexOf("");
        return before.subList(0, Math.max(0, blank)).stream().anyMatch(line -> !line.isEmpty());
    }

    private void entry(Piece.Entry entry, String indent, FieldOrder order) {
        Piece value = entry.value;
        FieldOrder inner = entry.name == null ? order : order.of(entry.name);
        String head = indent + (entry.name == null ? "-" : YamlText.name(entry.name, false) + ":");
        String line = head + " " + flow(value, inner, false);
        boolean fits = line.length() <= WIDTH;
        if ((value.entries.isEmpty() && value.end.isEmpty()) || (value.isFlow && fits)) {
            if (!fits && value.node instanceof Node.Str text && YamlText.isFoldable(text.value())) {
                out.append(head).append(" >-").append(behind(entry)).append('\n');
                lines(YamlText.folded(text.value(), WIDTH - indent.length() - STEP.length()), indent + STEP);
            } else {
                out.append(line).append(behind(entry)).append('\n');
            }
        } else if (entry.name == null && value.node instanceof Node.Obj && !value.entries.isEmpty()) {
            dashed(entry, indent, inner);
        } else {
            out.append(head).append(behind(entry)).append('\n');
            entries(value, indent + STEP, inner, order == FieldOrder.DOCUMENT && "rules".equals(entry.name));
        }
    }

    /** A map in a list: its first field stands behind the dash. */
    private void dashed(Piece.Entry entry, String indent, FieldOrder order) {
        Piece.Entry first = ordered(entry.value, order).get(0);
        List<String> above = new ArrayList<>(tidy(first.before, true));
        first.before.clear();
        if (!entry.behind.isEmpty()) {
            above.add(0, entry.behind);
        }
        lines(above.stream().filter(line -> !line.isEmpty()).toList(), indent);
        int at = out.length();
        entries(entry.value, indent + STEP, order, false);
        out.setCharAt(at + indent.length(), '-');
    }

    private static String behind(Piece.Entry entry) {
        return entry.behind.isEmpty() ? "" : "  " + entry.behind;
    }

    private static String flow(Piece piece, FieldOrder order, boolean inFlow) {
        if (piece.node instanceof Node.Str text) {
            return YamlText.value(text.value(), inFlow);
        }
        if (piece.node instanceof Node.Num) {
            return piece.raw;
        }
        if (piece.node instanceof Node.Arr) {
            StringJoiner items = new StringJoiner(", ", "[", "]");
            piece.entries.forEach(entry -> items.add(flow(entry.value, order, true)));
            return items.toString();
        }
        if (piece.node instanceof Node.Obj) {
            StringJoiner fields = new StringJoiner(", ", "{ ", " }").setEmptyValue("{}");
            for (Piece.Entry entry : order.sorted(piece.entries, each -> String.valueOf(each.name))) {
                String name = String.valueOf(entry.name);
                fields.add(YamlText.name(name, true) + ": " + flow(entry.value, order.of(name), true));
            }
            return fields.toString();
        }
        return piece.node.show();
    }

    private void lines(List<String> lines, String indent) {
        for (String line : lines) {
            out.append(line.isEmpty() ? "" : indent).append(line).append('\n');
        }
    }

    /** Never two blank lines, and none at the beginning of a collection. */
    private static List<String> tidy(List<String> lines, boolean first) {
        List<String> tidy = new ArrayList<>();
        for (String line : lines) {
            boolean blankBefore =
                    tidy.isEmpty() ? first : tidy.get(tidy.size() - 1).isEmpty();
            if (!line.isEmpty() || !blankBefore) {
                tidy.add(line);
            }
        }
        return tidy;
    }
}
