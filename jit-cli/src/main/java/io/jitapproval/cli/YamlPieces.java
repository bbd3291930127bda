package io.jitapproval.cli;

import io.jitapproval.core.document.Node;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.Event.ID;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/** Reads a YAML document once more, beside its tree: for the comments, the brackets and the way in which scalars are written. */
final class YamlPieces {

    /**
     * A comment.
     *
     * @param line   counted from 0
     * @param column counted from 0
     * @param text   the comment with its mark
     */
    record Comment(int line, int column, String text) {}

    private final Iterator<Event> events;
    private final List<Comment> comments = new ArrayList<>();

    private YamlPieces(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setParseComments(true)
                .setSchema(new FailsafeSchema())
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The document with its comments attached to what they stand at. */
    static Piece read(String text, Node root) {
        YamlPieces pieces = new YamlPieces(text);
        Piece document = pieces.document(root);
        new YamlComments(text, pieces.comments, document).attach();
        return document;
    }

    /** Every comment, in order. */
    static List<Comment> comments(String text) {
        YamlPieces pieces = new YamlPieces(text);
        while (pieces.events.hasNext()) {
            pieces.comment(pieces.events.next());
        }
        return pieces.comments;
    }

    private Piece document(Node root) {
        Event first = next();
        while (first.getEventId() == ID.StreamStart || first.getEventId() == ID.DocumentStart) {
            first = next();
        }
        Piece document = value(first, root);
        while (events.hasNext()) {
            comment(events.next());
        }
        return document;
    }

    private Piece value(Event event, Node node) {
        Mark start = mark(event);
        if (event instanceof ScalarEvent scalar) {
            Piece piece = new Piece(node, scalar.getValue(), start.getLine(), start.getColumn(), false);
            piece.endLine = event.getEndMark().orElseThrow().getLine();
            return piece;
        }
        if (!(event instanceof CollectionStartEvent collection)) {
            throw new IllegalStateException("the tree has a value where the parser has " + event);
        }
        Piece piece = new Piece(node, "", start.getLine(), start.getColumn(), collection.isFlow());
        Event end = node instanceof Node.Obj object ? fields(piece, object) : items(piece, (Node.Arr) node);
        Mark bracket = mark(end);
        piece.endLine = bracket.getLine();
        piece.endColumn = bracket.getColumn();
        return piece;
    }

    private Event fields(Piece piece, Node.Obj object) {
        Event next = next();
        for (Map.Entry<String, Node.Field> field : object.fields().entrySet()) {
            Mark place = mark(next);
            Piece value = value(next(), field.getValue().value());
            piece.entries.add(new Piece.Entry(field.getKey(), place.getLine(), value));
            next = next();
        }
        return next;
    }

    private Event items(Piece piece, Node.Arr array) {
        Event next = next();
        for (Node item : array.items()) {
            Mark place = mark(next);
            Piece value = value(next, item);
            piece.entries.add(new Piece.Entry(null, place.getLine(), value));
            next = next();
        }
        return next;
    }

    private static Mark mark(Event event) {
        return event.getStartMark().orElseThrow();
    }

    /** The next event that is no comment. */
    private Event next() {
        Event next = events.next();
        while (comment(next)) {
            next = events.next();
        }
        return next;
    }

    private boolean comment(Event event) {
        if (!(event instanceof CommentEvent comment)) {
            return false;
        }
        if (comment.getCommentType() != CommentType.BLANK_LINE) {
            Mark place = mark(event);
            comments.add(new Comment(
                    place.getLine(), place.getColumn(), "#" + comment.getValue().stripTrailing()));
        }
        return true;
    }
}
