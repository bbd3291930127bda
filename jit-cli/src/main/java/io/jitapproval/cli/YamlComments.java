package io.jitapproval.cli;

import io.jitapproval.cli.YamlPieces.Comment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what each comment is about. One on a line of its own is about what follows it, unless it is indented as deep as
 * what ends there; one behind something is about that.
 */
final class YamlComments {

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\r|\\n");
    private static final Pattern DASH_ALONE = Pattern.compile("\\s*-(\\s+(#.*)?)?");

    /** An entry with the collections that it is in. */
    private record Spot(
            Piece.Entry entry, Piece in, @Nullable Spot parent) {}

    private final String[] lines;
    private final Map<Integer, Comment> own = new HashMap<>();
    private final List<Comment> behind = new ArrayList<>();
    private final Piece root;
    private final List<Spot> spots = new ArrayList<>();
    /** Flow collections, the inner ones before those that they are in. */
    private final List<Piece> flows = new ArrayList<>();

    private final Set<Integer> used = new HashSet<>();

    YamlComments(String text, List<Comment> comments, Piece root) {
        this.lines = LINE_END.split(text, -1);
        this.root = root;
        for (Comment comment : comments) {
            if (lines[comment.line()].stripLeading().startsWith("#")) {
                own.put(comment.line(), comment);
            } else {
                behind.add(comment);
            }
        }
    }

    void attach() {
        collect(root, null);
        for (Piece flow : flows) {
            if (own.values().stream().anyMatch(comment -> isWithin(comment, flow))
                    || behind.stream().anyMatch(comment -> isWithin(comment, flow))) {
                flow.isFlow = false;
            }
        }
        Spot previous = null;
        for (Spot spot : spots) {
            before(spot, previous);
            previous = spot;
        }
        for (Piece flow : flows) {
            if (!flow.isFlow) {
                flow.end.addAll(texts(above(flow.endLine)));
            }
        }
        atTheEnd(previous);
        behind.forEach(this::behind);
    }

    private void collect(Piece piece, @Nullable Spot parent) {
        for (Piece.Entry entry : piece.entries) {
            Spot spot = new Spot(entry, piece, parent);
            spots.add(spot);
            collect(entry.value, spot);
        }
        if (piece.isFlow) {
            flows.add(piece);
        }
    }

    private static boolean isWithin(Comment comment, Piece flow) {
        boolean afterStart =
                comment.line() > flow.line || (comment.line() == flow.line && comment.column() > flow.column);
        boolean beforeEnd =
                comment.line() < flow.endLine || (comment.line() == flow.endLine && comment.column() < flow.endColumn);
        return afterStart && beforeEnd;
    }

    /** The comments and blank lines right above a line that nobody has taken yet. */
    private List<Integer> above(int line) {
        List<Integer> run = new ArrayList<>();
        for (int at = line - 1; at >= 0 && !used.contains(at); at--) {
            if (lines[at].isBlank() || own.containsKey(at)) {
                run.add(0, at);
                used.add(at);
            } else if (!DASH_ALONE.matcher(lines[at]).matches()) {
                break;
            }
        }
        return run;
    }

    private void before(Spot spot, @Nullable Spot previous) {
        List<Integer> run = above(spot.entry().line);
        int from = 0;
        boolean isInFlow = flows.contains(spot.in());
        for (int i = 0; i < run.size() && !isInFlow; i++) {
            Comment comment = own.get(run.get(i));
            Piece ended = comment == null ? null : ended(comment, previous, spot.in().column);
            if (ended != null) {
                ended.end.addAll(texts(run.subList(from, i + 1)));
                from = i + 1;
            } else if (comment != null) {
                break;
            }
        }
        spot.entry().before.addAll(texts(run.subList(from, run.size())));
        if (spot.entry().value.line > spot.entry().line) {
            spot.entry().before.addAll(comments(above(firstLine(spot.entry().value))));
        }
    }

    /** A collection that begins below its name has its comments with its first entry. */
    private int firstLine(Piece value) {
        return value.isCollection() && !flows.contains(value) ? -1 : value.line;
    }

    /** The innermost collection that a comment still belongs to, of those that end before this column; null if none. */
    private @Nullable Piece ended(Comment comment, @Nullable Spot previous, int column) {
        for (Spot spot = previous; spot != null; spot = spot.parent()) {
            Piece in = spot.in();
            if (!flows.contains(in) && in.column > column && in.column <= comment.column()) {
                return in;
            }
        }
        return null;
    }

    private void atTheEnd(@Nullable Spot last) {
        List<Integer> run = above(lines.length);
        Piece where = root;
        boolean isInner = true;
        for (Integer line : run) {
            Comment comment = own.get(line);
            if (comment != null && isInner) {
                Piece ended = ended(comment, last, root.column);
                isInner = ended != null;
                where = ended == null ? root : ended;
            }
            where.end.add(comment == null ? "" : comment.text());
        }
    }

    private void behind(Comment comment) {
        Spot found = null;
        for (Spot spot : spots) {
            boolean touches = spot.entry().line == comment.line() || spot.entry().value.endLine == comment.line();
            if (touches && !isInEnded(spot, comment)) {
                found = spot;
            }
        }
        if (found != null && found.entry().behind.isEmpty()) {
            found.entry().behind = comment.text();
        } else if (found != null) {
            found.entry().before.add(comment.text());
        } else {
            spots.stream()
                    .filter(spot -> spot.entry().line > comment.line())
                    .findFirst()
                    .ifPresentOrElse(
                            spot -> spot.entry().before.add(0, comment.text()), () -> root.end.add(comment.text()));
        }
    }

    /** Whether an entry stands in brackets that were closed before the comment. */
    private boolean isInEnded(Spot spot, Comment comment) {
        for (Spot each = spot; each != null; each = each.parent()) {
            if (flows.contains(each.in()) && !isWithin(comment, each.in())) {
                return true;
            }
        }
        return false;
    }

    private List<String> texts(List<Integer> run) {
        return run.stream()
                .map(line -> {
                    Comment comment = own.get(line);
                    return comment == null ? "" : comment.text();
                })
                .toList();
    }

    private List<String> comments(List<Integer> run) {
        return texts(run).stream().filter(text -> !text.isEmpty()).toList();
    }
}
