package io.jitapproval.core.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jitapproval.ApprovalRequest;
import io.jitapproval.CastVote;
import io.jitapproval.GrantTerms;
import io.jitapproval.Note;
import io.jitapproval.PreviewLine;
import io.jitapproval.Reason;
import io.jitapproval.Ref;
import io.jitapproval.Requirement;
import io.jitapproval.ShownArgument;
import io.jitapproval.core.explain.Terms;
import io.jitapproval.core.explain.Visible;
import io.jitapproval.spi.ApprovalDigest;
import io.jitapproval.spi.ApprovalNotice;
import io.jitapproval.spi.Person;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * A notice, or a digest of several, as a CloudEvent 1.0 in structured mode. Pure: the same notice has the same bytes whenever it is sent. Whatever came
 * from outside is {@linkplain Visible made visible} as on the terminal; ids of requests, which the guard makes, stay as they are.
 * All of it is ASCII, so that nobody can change the bytes that are signed by reading them in another character set.
 */
final class NoticeEvent {

    static final String CONTENT_TYPE = "application/cloudevents+json; charset=UTF-8";

    /** Of a longer list only so many elements are sent. */
    static final int MAX_ELEMENTS = 100;

    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /** The same for each notice of a digest, of which there may be {@link ApprovalDigest#MOST_NOTICES}. */
    static final int MAX_ELEMENTS_IN_DIGEST = 20;

    static final String DIGEST_TYPE = "io.jitapproval.digest.v1";

    private final JsonGenerator json;
    private final int maxElements;
    private final Map<String, Integer> omitted = new LinkedHashMap<>();

    private NoticeEvent(JsonGenerator json, int maxElements) {
        this.json = json;
        this.maxElements = maxElements;
    }

    /** An id with nothing in it but letters, digits, {@code _ - / %}: no dot, for a dot ends it in what is signed. */
    static String id(String of) {
        StringBuilder id = new StringBuilder();
        for (byte each : of.getBytes(UTF_8)) {
            boolean plain = (each >= 'a' && each <= 'z')
                    || (each >= 'A' && each <= 'Z')
                    || (each >= '0' && each <= '9')
                    || each == '_'
                    || each == '-'
                    || each == '/';
            id.append(plain ? String.valueOf((char) each) : String.format(Locale.ROOT, "%%%02X", each));
        }
        return id.toString();
    }

    static String type(ApprovalNotice.Kind kind) {
        return "io.jitapproval.request." + kind.name().toLowerCase(Locale.ROOT) + ".v1";
    }

    static byte[] json(ApprovalNotice notice, URI source) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            NoticeEvent event = new NoticeEvent(json, MAX_ELEMENTS);
            event.head(id(notice.id()), type(notice.kind()), source);
            json.writeStringProperty("subject", notice.request().id());
            event.dataOf(time(notice));
            event.notice(notice);
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** Each notice as in an event of its own, with its id and kind, and with shorter lists. */
    static byte[] json(ApprovalDigest digest, URI source) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(2048 * digest.notices().size());
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            NoticeEvent event = new NoticeEvent(json, MAX_ELEMENTS);
            event.head(id(digest.id()), DIGEST_TYPE, source);
            event.dataOf(digest.notices().stream()
                    .map(NoticeEvent::time)
                    .max(Instant::compareTo)
                    .orElseThrow());
            event.elements("people", digest.people(), event::person);
            json.writeName("notices");
            json.writeStartArray();
            for (ApprovalNotice notice : digest.notices()) {
                json.writeStartObject();
                json.writeStringProperty("notice", id(notice.id()));
                json.writeStringProperty("kind", notice.kind().word());
                new NoticeEvent(json, MAX_ELEMENTS_IN_DIGEST).notice(notice);
                json.writeEndObject();
            }
            json.writeEndArray();
            event.omitted();
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private void head(String id, String type, URI source) {
        json.writeStartObject();
        json.writeStringProperty("specversion", "1.0");
        json.writeStringProperty("id", id);
        json.writeStringProperty("source", source.toASCIIString());
        json.writeStringProperty("type", type);
    }

    private void dataOf(Instant time) {
        json.writeStringProperty("time", time.toString());
        json.writeStringProperty("datacontenttype", "application/json");
        json.writeName("data");
        json.writeStartObject();
    }

    private void notice(ApprovalNotice notice) {
        ApprovalRequest request = notice.request();
        what(request);
        asks(request);
        elements("asked", request.asked(), this::text);
        elements("people", notice.people(), this::person);
        elements("votes", request.votes(), vote -> vote(vote, request));
        request.outcome().ifPresent(this::outcome);
        request.decidedAt().ifPresent(at -> json.writeStringProperty("decidedAt", at.toString()));
        omitted();
    }

    private void omitted() {
        if (!omitted.isEmpty()) {
            json.writeName("omitted");
            json.writeStartObject();
            omitted.forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
    }

    /** When it happened, from the request alone, so that a retry says the same. */
    private static Instant time(ApprovalNotice notice) {
        ApprovalRequest request = notice.request();
        if (notice.kind() == ApprovalNotice.Kind.ASKED) {
            return request.createdAt();
        }
        return request.decidedAt()
                .orElseGet(() -> request.votes().stream()
                        .map(CastVote::at)
                        .max(Instant::compareTo)
                        .orElse(request.createdAt()));
    }

    private void what(ApprovalRequest request) {
        json.writeStringProperty("id", request.id());
        json.writeStringProperty("state", request.state().word());
        json.writeNumberProperty("version", request.version());
        text("digest", request.digest());
        text("action", request.action());
        ref("resource", request.resource());
        ref("subject", request.subject());
        elements("actors", request.actors(), this::ref);
        elements("arguments", request.arguments(), this::argument);
        textIfAny("reason", request.reason());
        textIfAny("ticket", request.ticket());
        if (!request.preview().isEmpty()) {
            elements("preview", request.preview(), this::line);
        }
        if (!request.notes().isEmpty()) {
            elements("notes", request.notes(), this::note);
        }
        elements("rules", request.rules(), this::text);
        textIfAny("because", request.because());
        text("policy", request.policy());
        json.writeStringProperty("createdAt", request.createdAt().toString());
        request.startsAt().ifPresent(at -> json.writeStringProperty("startsAt", at.toString()));
        json.writeStringProperty("decideBy", request.decideBy().toString());
    }

    private void line(PreviewLine line) {
        json.writeStartObject();
        text("name", line.name());
        text("value", line.value());
        json.writeEndObject();
    }

    private void note(Note note) {
        json.writeStartObject();
        json.writeStringProperty("kind", note.kind().word());
        ref("by", note.by());
        text("text", note.text());
        json.writeStringProperty("at", note.at().toString());
        json.writeEndObject();
    }

    private void asks(ApprovalRequest request) {
        Requirement requirement = request.requirement();
        json.writeName("requirement");
        json.writeStartObject();
        json.writeNumberProperty("people", requirement.people());
        elements("stages", List.copyOf(requirement.stages()), stage -> text(stage.toString()));
        json.writeStringProperty("gives", gives(requirement.grant(), request));
        json.writeStringProperty("useWithin", Terms.words(requirement.useWithin()));
        json.writeEndObject();
    }

    private void argument(ShownArgument argument) {
        json.writeStartObject();
        text("name", argument.name());
        json.writeStringProperty("shown", RequestText.shown(argument));
        json.writeBooleanProperty("bound", argument.bound());
        json.writeBooleanProperty("hidden", argument.hidden());
        json.writeEndObject();
    }

    private void person(Person person) {
        json.writeStartObject();
        text("id", person.id());
        text("name", person.name());
        json.writeEndObject();
    }

    private static String gives(GrantTerms terms, ApprovalRequest request) {
        return Visible.of(Terms.gives(terms, request.action()));
    }

    private void vote(CastVote vote, ApprovalRequest request) {
        json.writeStartObject();
        text("person", vote.person());
        json.writeStringProperty("verdict", vote.verdict().word());
        textIfAny("reason", vote.reason());
        vote.narrowed().ifPresent(terms -> json.writeStringProperty("gives", gives(terms, request)));
        textIfAny("channel", vote.channel());
        json.writeStringProperty("at", vote.at().toString());
        json.writeEndObject();
    }

    private void outcome(Reason reason) {
        json.writeName("outcome");
        json.writeStartObject();
        json.writeStringProperty("code", reason.code());
        json.writeStringProperty("word", reason.word());
        json.writeStringProperty("text", reason.text());
        json.writeEndObject();
    }

    private void ref(String name, Ref ref) {
        json.writeName(name);
        ref(ref);
    }

    private void ref(Ref ref) {
        json.writeStartObject();
        text("type", ref.type());
        text("id", ref.id());
        json.writeEndObject();
    }

    private void text(String name, String text) {
        json.writeStringProperty(name, Visible.of(text));
    }

    private void text(String text) {
        json.writeString(Visible.of(text));
    }

    private void textIfAny(String name, String text) {
        if (!text.isEmpty()) {
            text(name, text);
        }
    }

    private <T> void elements(String name, List<T> all, Consumer<T> write) {
        json.writeName(name);
        json.writeStartArray();
        all.stream().limit(maxElements).forEach(write);
        json.writeEndArray();
        if (all.size() > maxElements) {
            omitted.put(name, all.size() - maxElements);
        }
    }
}
