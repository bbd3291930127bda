package io.jitapproval.examples.refunddesk;

import io.jitapproval.GrantScope;
import io.jitapproval.GrantTerms;
import io.jitapproval.Ref;
import io.jitapproval.Verdict;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a script: one document with a list of answers, or one answer a line. */
final class ScriptReader {

    private static final String EXAMPLE = "\"answers\": [{\"match\": {\"action\": \"payment.refund\"}, "
            + "\"by\": \"mia\", \"verdict\": \"approve\"}]";
    private static final List<String> DOCUMENT = List.of("startsAt", "between", "standIns", "answers");
    private static final List<String> AWAY = List.of("for", "by", "from", "until");
    private static final List<String> ANSWER = List.of(
            "match",
            "by",
            "verdict",
            "does",
            "after",
            "reason",
            "within",
            "uses",
            "scope",
            "ceilings",
            "firstSight",
            "meanwhile");
    private static final List<String> MATCH = List.of("action", "resource", "subject", "arguments");
    private static final List<String> VERDICTS =
            Arrays.stream(Verdict.values()).map(Verdict::word).toList();
    private static final List<String> DEEDS = Arrays.stream(Script.Act.values())
            .filter(act -> act != Script.Act.VOTE)
            .map(Script.Act::word)
            .toList();
    private static final List<String> SCOPES =
            Arrays.stream(GrantScope.values()).map(GrantScope::word).toList();

    private final Faults faults;

    private ScriptReader(Faults faults) {
        this.faults = faults;
    }

    static Script read(Source source, Faults faults) {
        return new ScriptReader(faults).read(source);
    }

    private Script read(Source source) {
        List<String> lines = source.text().lines().toList();
        Optional<Json> firstLine = lines.stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .flatMap(line -> Json.read(line, 1, new Faults("")));
        boolean isLines = firstLine
                .map(Json::fields)
                .filter(fields -> !fields.containsKey("answers"))
                .isPresent();
        return isLines ? lines(lines) : document(source);
    }

    private Script lines(List<String> lines) {
        List<Script.Answer> answers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                Json.read(lines.get(i), i + 1, faults).flatMap(this::answer).ifPresent(answers::add);
            }
        }
        return new Script(Optional.empty(), Duration.ZERO, List.of(), answers);
    }

    private Script document(Source source) {
        List<Script.Answer> answers = new ArrayList<>();
        Optional<Fields> document =
                Json.read(source.text(), 1, faults).flatMap(node -> Fields.of(node, "the script", DOCUMENT, faults));
        Optional<Instant> startsAt = document.flatMap(fields -> fields.instant("startsAt"));
        Optional<Duration> between = document.flatMap(fields -> fields.duration("between"));
        document.flatMap(fields -> fields.required("answers", EXAMPLE))
                .ifPresent(list ->
                        items(list, "answers").forEach(item -> answer(item).ifPresent(answers::add)));
        List<Script.Away> standIns = new ArrayList<>();
        document.flatMap(fields -> fields.get("standIns"))
                .ifPresent(list ->
                        items(list, "standIns").forEach(item -> away(item).ifPresent(standIns::add)));
        return new Script(startsAt, between.orElse(Duration.ZERO), standIns, answers);
    }

    private List<Json> items(Json list, String name) {
        List<Json> items = list.items();
        if (items == null) {
            faults.wrongType(list, "'" + name + "'", "a list");
            return List.of();
        }
        return items;
    }

    private Optional<Script.Away> away(Json node) {
        return Fields.of(node, "a stand-in", AWAY, faults).flatMap(fields -> {
            Optional<Ref> person =
                    fields.requiredText("for", "\"for\": \"zoe\"").flatMap(text -> identity(fields, "for", text));
            Optional<Ref> standIn =
                    fields.requiredText("by", "\"by\": \"chloe\"").flatMap(text -> identity(fields, "by", text));
            Optional<Instant> from = fields.required("from", "\"from\": \"2026-03-02T00:00:00Z\"")
                    .flatMap(value -> fields.instant("from"));
            Optional<Instant> until = fields.required("until", "\"until\": \"2026-03-09T00:00:00Z\"")
                    .flatMap(value -> fields.instant("until"));
            return person.isEmpty() || standIn.isEmpty() || from.isEmpty() || until.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Script.Away(person.get(), standIn.get(), from.get(), until.get(), fields.place()));
        });
    }

    private Optional<Script.Answer> answer(Json node) {
        int before = faults.count();
        Optional<Fields> read = Fields.of(node, "an answer", ANSWER, faults);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = read.get();
        Optional<Script.Match> match = fields.required("match", "\"match\": {}, which matches every request")
                .flatMap(this::match);
        Optional<Ref> by = fields.requiredText("by", "\"by\": \"mia\"").flatMap(text -> identity(fields, "by", text));
        Optional<Verdict> verdict =
                fields.word("verdict", VERDICTS).flatMap(word -> one(Verdict.values(), Verdict::word, word));
        Optional<Script.Act> act = act(fields, node);
        Optional<Duration> within = fields.duration("within");
        within.filter(length -> length.isZero() || length.compareTo(GrantTerms.LONGEST) > 0)
                .ifPresent(length -> faults.add(
                        fields.get("within").orElse(node).place(),
                        Fault.BAD_VALUE,
                        "'within' must be longer than zero and at most " + GrantTerms.LONGEST.toDays() + " days"));
        Optional<GrantScope> scope =
                fields.word("scope", SCOPES).flatMap(word -> one(GrantScope.values(), GrantScope::word, word));
        Optional<Integer> uses = fields.count("uses");
        Map<String, BigDecimal> ceilings = fields.numbers("ceilings");
        boolean first = fields.truth("firstSight");
        Duration after = fields.duration("after").orElse(Duration.ZERO);
        String reason = fields.text("reason").orElse("");
        Map<String, @Nullable Object> meanwhile = fields.properties("meanwhile");
        if (faults.count() > before || match.isEmpty() || by.isEmpty() || act.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Script.Answer(
                match.get(),
                by.get(),
                act.get(),
                verdict.orElse(Verdict.ABSTAIN),
                after,
                reason,
                within,
                uses,
                scope,
                ceilings,
                first,
                meanwhile));
    }

    /** What an answer does: a verdict makes it a vote, or else it says what. */
    private Optional<Script.Act> act(Fields fields, Json node) {
        boolean voting = fields.get("verdict").isPresent();
        boolean doing = fields.get("does").isPresent();
        if (voting == doing) {
            faults.add(
                    node.place(),
                    voting ? Fault.BAD_VALUE : Fault.MISSING_FIELD,
                    voting
                            ? "an answer has either a 'verdict' or says what it 'does', not both"
                            : "an answer has no 'verdict': add \"verdict\": \"approve\", \"deny\" or \"abstain\", or what it 'does': "
                                    + Faults.list(DEEDS));
            return Optional.empty();
        }
        if (voting) {
            return Optional.of(Script.Act.VOTE);
        }
        Optional<Script.Act> act =
                fields.word("does", DEEDS).flatMap(word -> one(Script.Act.values(), Script.Act::word, word));
        act.filter(Script.Act::speaks)
                .filter(each -> fields.get("reason").isEmpty())
                .ifPresent(each -> faults.add(
                        node.place(),
                        Fault.MISSING_FIELD,
                        "an answer that does " + Faults.quote(each.word())
                                + " says something: add \"reason\": \"...\""));
        return act;
    }

    private Optional<Script.Match> match(Json node) {
        return Fields.of(node, "'match'", MATCH, faults).map(fields -> {
            fields.text("subject").ifPresent(text -> identity(fields, "subject", text));
            return new Script.Match(
                    fields.text("action"),
                    fields.text("resource"),
                    fields.text("subject"),
                    fields.properties("arguments"));
        });
    }

    private static <E> Optional<E> one(E[] all, Function<E, String> name, String word) {
        return Arrays.stream(all).filter(each -> name.apply(each).equals(word)).findFirst();
    }

    private Optional<Ref> identity(Fields fields, String name, String text) {
        try {
            return Optional.of(Script.identity(text));
        } catch (IllegalArgumentException e) {
            fields.get(name)
                    .ifPresent(value -> faults.add(
                            value.place(),
                            Fault.BAD_VALUE,
                            "'" + name + "' is neither a user's id nor type/id: " + Faults.quote(text)));
            return Optional.empty();
        }
    }
}
