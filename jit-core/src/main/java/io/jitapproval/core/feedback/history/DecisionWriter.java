package io.jitapproval.core.feedback.history;

import static java.util.Objects.requireNonNull;

import io.jitapproval.Ref;
import io.jitapproval.Subject;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Outcome;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes decisions in the import format, one a line, always in the same way: what is read and written again is the same text.
 * What a decision does not say is left out. The origin is not written: where it stands is another place then.
 *
 * <p>Not thread-safe.
 */
public final class DecisionWriter {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** From here on characters may steer; before, JSON escapes them anyway. */
    private static final char MOST_ASCII = 0x7F;

    private final Appendable out;

    /**
     * Writes to something.
     *
     * @param out where the lines go; the caller closes it
     */
    public DecisionWriter(Appendable out) {
        this.out = requireNonNull(out, "out");
    }

    /**
     * Writes a decision and a line end.
     *
     * @param decision the decision
     * @throws IOException if the output fails
     * @throws IllegalArgumentException as {@link #line}
     */
    public void write(PastDecision decision) throws IOException {
        out.append(line(decision)).append('\n');
    }

    /**
     * A decision as a line.
     *
     * @param decision the decision
     * @return one JSON object, without a line end
     * @throws IllegalArgumentException if it holds a value that is no text, number, boolean, list, map or null, or if one of the
     *     fields that nobody knows has the name of a known one
     */
    public static String line(PastDecision decision) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, decision);
        }
        return harmless(text.toString());
    }

    /** What steers instead of showing can only stand in texts here, and is escaped there. */
    private static String harmless(String line) {
        int first = 0;
        while (first < line.length() && (line.charAt(first) < MOST_ASCII)) {
            first++;
        }
        if (first == line.length()) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length() + 16).append(line, 0, first);
        line.substring(first).codePoints().forEach(point -> {
            int type = Character.getType(point);
            boolean steers = type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR;
            if (steers) {
                for (char half : Character.toChars(point)) {
                    out.append("\\u").append(HexFormat.of().toHexDigits(half));
                }
            } else {
                out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    private static void write(JsonGenerator json, PastDecision decision) {
        json.writeStartObject();
        json.writeStringProperty("id", decision.id());
        time(json, "time", decision.opened());
        time(json, "decidedAt", decision.decided());
        json.writeName("subject");
        entity(json, decision.request().subject());
        if (!decision.request().actors().isEmpty()) {
            json.writeArrayPropertyStart("actors");
            decision.request().actors().forEach(actor -> entity(json, actor));
            json.writeEndArray();
        }
        json.writeObjectPropertyStart("action");
        json.writeStringProperty("name", decision.request().action().name());
        properties(json, "properties", decision.request().action().properties());
        json.writeEndObject();
        json.writeObjectPropertyStart("resource");
        json.writeStringProperty("type", decision.request().resource().type());
        json.writeStringProperty("id", decision.request().resource().id());
        properties(json, "properties", decision.request().resource().properties());
        json.writeEndObject();
        properties(json, "context", decision.request().context());
        json.writeStringProperty("decision", Vocabulary.word(decision.result()));
        route(json, decision);
        if (!decision.voices().isEmpty()) {
            json.writeArrayPropertyStart("votes");
            decision.voices().forEach(voice -> vote(json, voice));
            json.writeEndArray();
        }
        texts(json, "rules", decision.rules());
        text(json, "policy", decision.policy());
        if (!decision.asked().isEmpty()) {
            json.writeArrayPropertyStart("asked");
            decision.asked().forEach(person -> ref(json, person));
            json.writeEndArray();
        }
        decision.queueDepth().ifPresent(depth -> json.writeNumberProperty("queueDepth", depth));
        time(json, "decideBy", decision.decideBy());
        decision.grant().ifPresent(grant -> grant(json, grant));
        if (decision.outcome() != Outcome.UNKNOWN) {
            json.writeStringProperty("outcome", Vocabulary.word(decision.outcome()));
        }
        if (decision.probability().isPresent()) {
            json.writeName("probability");
            json.writeNumber(BigDecimal.valueOf(decision.probability().getAsDouble()));
        }
        text(json, "reason", decision.reason());
        more(json, decision.more());
        json.writeEndObject();
    }

    /** The route as {@code decidedBy}, where that has a word for it. */
    private static void route(JsonGenerator json, PastDecision decision) {
        Route route = decision.route();
        if (route == Route.POLICY
                || (route == Route.UNKNOWN && !decision.voices().isEmpty())) {
            json.writeStringProperty("route", Vocabulary.word(route));
        } else if (route != Route.UNKNOWN) {
            json.writeStringProperty("decidedBy", Vocabulary.word(route));
        }
    }

    private static void entity(JsonGenerator json, Subject subject) {
        json.writeStartObject();
        json.writeStringProperty("type", subject.type());
        json.writeStringProperty("id", subject.id());
        properties(json, "properties", subject.properties());
        json.writeEndObject();
    }

    private static void vote(JsonGenerator json, Voice voice) {
        json.writeStartObject();
        json.writeName("person");
        ref(json, voice.person());
        json.writeBooleanProperty("approved", voice.approved());
        time(json, "at", voice.at());
        voice.took().ifPresent(took -> json.writeStringProperty("took", took.toString()));
        if (voice.reason()) {
            json.writeBooleanProperty("reason", true);
        }
        json.writeEndObject();
    }

    private static void grant(JsonGenerator json, GrantUse grant) {
        json.writeObjectPropertyStart("grant");
        text(json, "id", grant.id());
        time(json, "from", grant.from());
        time(json, "until", grant.until());
        time(json, "ended", grant.ended());
        grant.revokedBy().ifPresent(person -> {
            json.writeName("revokedBy");
            ref(json, person);
        });
        if (grant.maxUses() > 0) {
            json.writeNumberProperty("maxUses", grant.maxUses());
        }
        json.writeNumberProperty("uses", grant.uses());
        time(json, "firstUse", grant.firstUse());
        time(json, "lastUse", grant.lastUse());
        json.writeEndObject();
    }

    private static void more(JsonGenerator json, Map<String, @Nullable Object> more) {
        for (Map.Entry<String, @Nullable Object> field : more.entrySet()) {
            if (LineReader.FIELDS.contains(field.getKey())) {
                throw new IllegalArgumentException("'" + field.getKey() + "' is a field that the format knows");
            }
            json.writeName(field.getKey());
            value(json, field.getValue());
        }
    }

    /** A person; users, as nearly all are, by their id alone. */
    private static void ref(JsonGenerator json, Ref ref) {
        if (ref.type().equals(LineReader.USER)) {
            json.writeString(ref.id());
        } else {
            json.writeStartObject();
            json.writeStringProperty("type", ref.type());
            json.writeStringProperty("id", ref.id());
            json.writeEndObject();
        }
    }

    private static void time(JsonGenerator json, String name, Instant time) {
        json.writeStringProperty(name, time.toString());
    }

    private static void time(JsonGenerator json, String name, Optional<Instant> time) {
        time.ifPresent(present -> time(json, name, present));
    }

    private static void text(JsonGenerator json, String name, String text) {
        if (!text.isEmpty()) {
            json.writeStringProperty(name, text);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            json.writeArrayPropertyStart(name);
            texts.forEach(json::writeString);
            json.writeEndArray();
        }
    }

    private static void properties(JsonGenerator json, String name, Map<String, @Nullable Object> properties) {
        if (!properties.isEmpty()) {
            json.writeName(name);
            value(json, properties);
        }
    }

    private static void value(JsonGenerator json, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            number(json, number);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, element) -> {
                json.writeName(String.valueOf(name));
                value(json, element);
            });
            json.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            elements.forEach(element -> value(json, element));
            json.writeEndArray();
        } else {
            throw new IllegalArgumentException(
                    "a history cannot hold a " + value.getClass().getName());
        }
    }

    private static void number(JsonGenerator json, Number number) {
        if (number instanceof BigDecimal decimal) {
            json.writeNumber(decimal);
        } else if (number instanceof BigInteger whole) {
            json.writeNumber(whole);
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte) {
            json.writeNumber(number.longValue());
        } else {
            json.writeNumber(new BigDecimal(number.toString()));
        }
    }
}
