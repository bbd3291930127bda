package io.jitapproval.core.feedback.history;

import io.jitapproval.Action;
import io.jitapproval.Ref;
import io.jitapproval.Resource;
import io.jitapproval.Subject;
import io.jitapproval.core.document.Words;
import io.jitapproval.core.feedback.PastDecision;
import io.jitapproval.core.feedback.PastDecision.GrantUse;
import io.jitapproval.core.feedback.PastDecision.Result;
import io.jitapproval.core.feedback.PastDecision.Route;
import io.jitapproval.core.feedback.PastDecision.Voice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** One line of the import format. */
final class LineReader {

    static final String USER = "user";
    static final String RESOURCE = "resource";

    /** The fields that a line can have, in the order in which they are written. */
    static final List<String> FIELDS = List.of(
            "id",
            "time",
            "decidedAt",
            "subject",
            "actors",
            "action",
            "resource",
            "context",
            "decision",
            "decidedBy",
            "route",
            "votes",
            "rules",
            "policy",
            "asked",
            "queueDepth",
            "decideBy",
            "grant",
            "outcome",
            "probability",
            "reason");

    private static final int KNOWN = FIELDS.size();

    private final Line line;

    private LineReader(Line line) {
        this.line = line;
    }

    /**
     * Reads a line.
     *
     * @param line   the line
     * @param origin where it stands; its id if it has none
     * @throws LineFault if it says no decision
     */
    static PastDecision read(Line line, String origin) {
        return new LineReader(line).decision(origin);
    }

    private PastDecision decision(String origin) {
        line.open();
        Draft draft = new Draft(line);
        int seen = 0;
        for (String name = line.field(); name != null; name = line.field()) {
            int field = FIELDS.indexOf(name);
            if (field < 0) {
                draft.more(name);
                continue;
            }
            if ((seen & (1 << field)) != 0) {
                throw line.twice(name);
            }
            seen |= 1 << field;
            if (!line.isNull()) {
                read(draft, name);
            }
        }
        line.end();
        return draft.decision(origin);
    }

    private void read(Draft draft, String name) {
        switch (name) {
            case "id" -> draft.id = line.id("'id'");
            case "time" -> draft.time = line.time("'time'");
            case "decidedAt" -> draft.decidedAt = line.time("'decidedAt'");
            case "subject" -> draft.subject = subject("'subject'");
            case "actors" -> draft.actors = list("'actors'", each -> subject("an actor"));
            case "action" -> draft.action = action();
            case "resource" -> draft.resource = resource();
            case "context" -> draft.context = line.properties("'context'");
            case "decision" -> draft.result = result();
            case "decidedBy" -> draft.deciders = deciders();
            case "route" -> draft.route = word("'route'", Vocabulary.ROUTES, Vocabulary::route);
            case "votes" -> draft.votes = list("'votes'", each -> vote());
            case "rules" -> draft.rules = list("'rules'", each -> line.text("a rule"));
            case "policy" -> draft.policy = line.words("'policy'");
            case "asked" -> draft.asked = list("'asked'", each -> person("who was asked"));
            case "queueDepth" -> draft.queueDepth = OptionalInt.of(line.count("'queueDepth'"));
            case "decideBy" -> draft.decideBy = Optional.of(line.time("'decideBy'"));
            case "grant" -> draft.grant = Optional.of(grant());
            case "outcome" -> draft.outcome = word("'outcome'", Vocabulary.OUTCOMES, Vocabulary::outcome);
            case "probability" -> draft.probability = OptionalDouble.of(line.share("'probability'"));
            case "reason" -> draft.reason = line.words("'reason'");
            default -> throw new IllegalStateException(name + " is none of the " + KNOWN + " fields");
        }
    }

    private <T> T word(String what, List<String> known, Function<String, @Nullable T> meaning) {
        String word = line.text(what);
        T meant = meaning.apply(word);
        if (meant == null) {
            throw line.fault(HistoryCode.WORD, what + " is " + Words.quote(word) + Words.hint(word, known));
        }
        return meant;
    }

    private Result result() {
        if (line.current() == JsonToken.VALUE_TRUE || line.current() == JsonToken.VALUE_FALSE) {
            return line.bool("'decision'") ? Result.APPROVED : Result.DENIED;
        }
        return word("'decision'", Vocabulary.RESULTS, Vocabulary::result);
    }

    private <T> List<T> list(String what, Function<Line, T> each) {
        line.require(line.current() == JsonToken.START_ARRAY, what, "a list");
        List<T> items = new ArrayList<>();
        while (line.next() != JsonToken.END_ARRAY) {
            items.add(each.apply(line));
        }
        return items;
    }

    /** Type, id and properties of something; what stands beside them is a property too. */
    private final class Entity {

        private final String what;
        private String type;
        private @Nullable String id;
        private @Nullable String name;
        private Map<String, @Nullable Object> properties = Map.of();

        Entity(String what, String type) {
            this.what = what;
            this.type = type;
        }

        Entity read(boolean named) {
            int seen = 0;
            for (String field = line.field(); field != null; field = line.field()) {
                int known = known(field, named);
                if ((seen & known) != 0) {
                    throw line.twice(field);
                }
                seen |= known;
                if (known == 0) {
                    beside(field);
                } else if (!line.isNull()) {
                    known(field);
                }
            }
            return this;
        }

        private int known(String field, boolean named) {
            return switch (field) {
                case "properties" -> 1;
                case "type" -> named ? 0 : 2;
                case "id" -> named ? 0 : 4;
                case "name" -> named ? 8 : 0;
                default -> 0;
            };
        }

        private void known(String field) {
            switch (field) {
                case "type" -> type = line.text("the type of " + what);
                case "id" -> id = line.id("the id of " + what);
                case "name" -> name = line.text("the name of " + what);
                default -> {
                    Map<String, @Nullable Object> stated = line.properties("the properties of " + what);
                    if (properties.isEmpty()) {
                        properties = stated;
                    } else {
                        stated.forEach(this::merge);
                    }
                }
            }
        }

        private void merge(String name, @Nullable Object value) {
            if (properties.containsKey(name)) {
                throw line.twice(name);
            }
            properties.put(name, value);
        }

        private void beside(String field) {
            if (properties.isEmpty()) {
                properties = new LinkedHashMap<>();
            }
            line.put(properties, field);
        }

        String id() {
            return id == null ? PastDecision.UNNAMED : id;
        }
    }

    private Entity entity(String what, String type, boolean named) {
        line.require(line.current() == JsonToken.START_OBJECT, what, "an object or a text");
        return new Entity(what, type).read(named);
    }

    private Subject subject(String what) {
        if (line.isText() || line.isNumber()) {
            return Subject.of(USER, line.id(what));
        }
        Entity entity = entity(what, USER, false);
        return new Subject(entity.type, entity.id(), entity.properties);
    }

    private Action action() {
        if (line.isText()) {
            return Action.of(line.text("'action'"));
        }
        int column = line.column();
        Entity entity = entity("'action'", "", true);
        if (entity.name == null) {
            throw new LineFault(
                    HistoryCode.MISSING, column, "'action' has no name: write \"name\": \"payment.refund\"");
        }
        return new Action(entity.name, entity.properties);
    }

    private Resource resource() {
        if (line.isText()) {
            String text = line.text("'resource'");
            int slash = text.indexOf('/');
            if (slash < 0) {
                return Resource.of(RESOURCE, text);
            }
            if (text.substring(0, slash).isBlank() || text.substring(slash + 1).isBlank()) {
                throw line.fault(
                        HistoryCode.RANGE, "'resource' is " + line.shown() + ": write type/id, such as \"order/42\"");
            }
            return Resource.of(text.substring(0, slash), text.substring(slash + 1));
        }
        if (line.isNumber()) {
            return Resource.of(RESOURCE, line.id("'resource'"));
        }
        Entity entity = entity("'resource'", RESOURCE, false);
        return new Resource(entity.type, entity.id(), entity.properties);
    }

    private Ref person(String what) {
        if (line.isText() || line.isNumber()) {
            return Ref.user(line.id(what));
        }
        Entity entity = entity(what, USER, false);
        return new Ref(entity.type, entity.id());
    }

    private Draft.Deciders deciders() {
        if (line.current() == JsonToken.START_ARRAY) {
            List<Ref> people = list("'decidedBy'", each -> person("who decided"));
            return new Draft.Deciders(Route.PEOPLE, people, List.of());
        }
        if (line.current() == JsonToken.START_OBJECT) {
            return decider();
        }
        String word = line.id("'decidedBy'");
        Route route = Vocabulary.decider(word);
        return route == null
                ? new Draft.Deciders(Route.PEOPLE, List.of(Ref.user(word)), List.of())
                : Draft.Deciders.of(route);
    }

    /** {@code {"kind" or "type": …, "id": …, "rule": …}}. */
    private Draft.Deciders decider() {
        int column = line.column();
        Map<String, @Nullable Object> fields = line.object();
        for (String name : List.of("kind", "type", "id", "rule")) {
            Object value = fields.get(name);
            boolean fits = value == null
                    || (value instanceof String text && !text.isBlank())
                    || (name.equals("id") && value instanceof Number);
            if (!fits) {
                throw new LineFault(HistoryCode.TYPE, column, "'" + name + "' of 'decidedBy' must be a text");
            }
        }
        Object kind = fields.get("kind") == null ? fields.get("type") : fields.get("kind");
        Object id = fields.get("id");
        Object rule = fields.get("rule");
        List<String> rules = rule == null ? List.of() : List.of(rule.toString());
        Route route = kind == null ? null : Vocabulary.decider(kind.toString());
        if (route == null && id == null) {
            if (rules.isEmpty()) {
                throw new LineFault(
                        HistoryCode.MISSING,
                        column,
                        "'decidedBy' names neither a person nor a rule: write {\"id\": \"mia\"} or {\"rule\": \"small\"}");
            }
            return new Draft.Deciders(Route.RULE, List.of(), rules);
        }
        if (route == null) {
            String type = fields.get("type") instanceof String text ? text : USER;
            return new Draft.Deciders(Route.PEOPLE, List.of(new Ref(type, String.valueOf(id))), rules);
        }
        boolean person = route == Route.PEOPLE || route == Route.AUDIT;
        if (route == Route.RULE && rules.isEmpty() && id != null) {
            rules = List.of(id.toString());
        }
        return new Draft.Deciders(route, person && id != null ? List.of(Ref.user(id.toString())) : List.of(), rules);
    }

    private Voice vote() {
        int column = line.column();
        line.require(line.current() == JsonToken.START_OBJECT, "a vote", "an object");
        Ref person = null;
        Boolean approved = null;
        Instant at = null;
        Duration took = null;
        boolean reason = false;
        for (String name = field(); name != null; name = field()) {
            switch (name) {
                case "person" -> person = person("the person of a vote");
                case "approved" -> approved = line.bool("'approved' of a vote");
                case "at" -> at = line.time("'at' of a vote");
                case "took" -> took = line.duration("'took' of a vote");
                case "reason" -> reason = line.bool("'reason' of a vote");
                default -> line.skip();
            }
        }
        if (person == null || approved == null || at == null) {
            throw new LineFault(
                    HistoryCode.MISSING,
                    column,
                    "a vote lacks something: write {\"person\": \"mia\", \"approved\": true, \"at\":"
                            + " \"2026-01-31T12:00:00Z\"}");
        }
        return new Voice(person, approved, at, Optional.ofNullable(took), reason);
    }

    /** The next field that is not null. */
    private @Nullable String field() {
        String name = line.field();
        while (name != null && line.isNull()) {
            name = line.field();
        }
        return name;
    }

    private GrantUse grant() {
        int column = line.column();
        line.require(line.current() == JsonToken.START_OBJECT, "'grant'", "an object");
        String id = "";
        Instant[] times = new Instant[5];
        Ref revokedBy = null;
        int maxUses = 0;
        int uses = 0;
        for (String name = field(); name != null; name = field()) {
            switch (name) {
                case "id" -> id = line.id("'id' of the grant");
                case "from" -> times[0] = line.time("'from' of the grant");
                case "until" -> times[1] = line.time("'until' of the grant");
                case "ended" -> times[2] = line.time("'ended' of the grant");
                case "firstUse" -> times[3] = line.time("'firstUse' of the grant");
                case "lastUse" -> times[4] = line.time("'lastUse' of the grant");
                case "revokedBy" -> revokedBy = person("who revoked the grant");
                case "maxUses" -> maxUses = line.count("'maxUses' of the grant");
                case "uses" -> uses = line.count("'uses' of the grant");
                default -> line.skip();
            }
        }
        if (times[0] == null || times[1] == null) {
            throw new LineFault(
                    HistoryCode.MISSING,
                    column,
                    "'grant' lacks 'from' or 'until': from when it could be used, and when it would have ended");
        }
        return new GrantUse(
                id,
                times[0],
                times[1],
                Optional.ofNullable(times[2]),
                Optional.ofNullable(revokedBy),
                maxUses,
                uses,
                Optional.ofNullable(times[3]),
                Optional.ofNullable(times[4]));
    }
}
