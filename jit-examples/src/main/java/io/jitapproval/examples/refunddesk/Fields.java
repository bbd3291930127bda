package io.jitapproval.examples.refunddesk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of one object, read strictly: every one is known, of the right type, and what must be there is there. */
final class Fields {

    private final Json node;
    private final String what;
    private final Map<String, Json.Field> fields;
    private final Faults faults;

    private Fields(Json node, String what, Map<String, Json.Field> fields, Faults faults) {
        this.node = node;
        this.what = what;
        this.fields = fields;
        this.faults = faults;
    }

    /** The fields of a node; empty, with a fault, if it is no object. */
    static Optional<Fields> of(Json node, String what, List<String> known, Faults faults) {
        Map<String, Json.Field> fields = node.fields();
        if (fields == null) {
            faults.wrongType(node, what, "an object");
            return Optional.empty();
        }
        fields.forEach((name, field) -> {
            if (!known.contains(name)) {
                faults.add(
                        field.key(),
                        Fault.UNKNOWN_FIELD,
                        "unknown field " + Faults.quote(name) + " in " + what + ", which knows " + Faults.list(known));
            }
        });
        return Optional.of(new Fields(node, what, fields, faults));
    }

    Json.Place place() {
        return node.place();
    }

    /** Where a field's value is, or the object if it is not there. */
    Json.Place place(String name) {
        return get(name).map(Json::place).orElse(node.place());
    }

    /** Whether a field is there and true. */
    boolean truth(String name) {
        return get(name)
                .map(value -> {
                    if (value.value() instanceof Boolean truth) {
                        return truth;
                    }
                    faults.wrongType(value, "'" + name + "'", "true or false");
                    return false;
                })
                .orElse(false);
    }

    /** Numbers by their names; empty if it is not there. */
    Map<String, BigDecimal> numbers(String name) {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        get(name).ifPresent(value -> {
            Map<String, Json.Field> all = value.fields();
            if (all == null) {
                faults.wrongType(value, "'" + name + "'", "an object");
                return;
            }
            all.forEach((key, field) -> {
                if (field.value().value() instanceof BigDecimal number) {
                    numbers.put(key, number);
                } else {
                    faults.wrongType(field.value(), Faults.quote(key) + " in '" + name + "'", "a number");
                }
            });
        });
        return numbers;
    }

    Optional<Json> get(String name) {
        return Optional.ofNullable(fields.get(name)).map(Json.Field::value);
    }

    Optional<Json> required(String name, String example) {
        Optional<Json> value = get(name);
        if (value.isEmpty()) {
            faults.add(node.place(), Fault.MISSING_FIELD, what + " has no '" + name + "': add " + example);
        }
        return value;
    }

    /** A text that is not blank. */
    Optional<String> text(String name) {
        return get(name).flatMap(value -> text(value, "'" + name + "'"));
    }

    Optional<String> requiredText(String name, String example) {
        return required(name, example).flatMap(value -> text(value, "'" + name + "'"));
    }

    private Optional<String> text(Json value, String name) {
        if (!(value.value() instanceof String text)) {
            faults.wrongType(value, name, "text");
        } else if (text.isBlank()) {
            faults.add(value.place(), Fault.BAD_VALUE, name + " must not be blank");
        } else {
            return Optional.of(text);
        }
        return Optional.empty();
    }

    /** A list of texts; empty if it is not there. */
    List<String> texts(String name) {
        Optional<Json> value = get(name);
        List<String> texts = new ArrayList<>();
        if (value.isPresent()) {
            List<Json> items = value.get().items();
            if (items == null) {
                faults.wrongType(value.get(), "'" + name + "'", "a list of texts");
            } else {
                items.forEach(item -> text(item, "an entry of '" + name + "'").ifPresent(texts::add));
            }
        }
        return texts;
    }

    /** Any fields with any values; empty if it is not there. */
    Map<String, @Nullable Object> properties(String name) {
        Map<String, @Nullable Object> plain = new LinkedHashMap<>();
        get(name).ifPresent(value -> {
            Map<String, Json.Field> properties = value.fields();
            if (properties == null) {
                faults.wrongType(value, "'" + name + "'", "an object");
                return;
            }
            properties.forEach((key, field) -> {
                if (key.isBlank()) {
                    faults.add(field.key(), Fault.BAD_VALUE, "a name in '" + name + "' must not be blank");
                }
                plain.put(key, field.value().plain());
            });
        });
        return plain;
    }

    Optional<Duration> duration(String name) {
        return get(name).flatMap(value -> {
            if (value.value() instanceof String text) {
                try {
                    Duration duration = Duration.parse(text);
                    if (!duration.isNegative()) {
                        return Optional.of(duration);
                    }
                } catch (DateTimeParseException e) {
                    // told below
                }
            }
            faults.add(value.place(), Fault.BAD_VALUE, "'" + name + "' must be a duration such as \"PT5M\"");
            return Optional.empty();
        });
    }

    Optional<Instant> instant(String name) {
        return get(name).flatMap(value -> {
            if (value.value() instanceof String text) {
                try {
                    return Optional.of(Instant.parse(text));
                } catch (DateTimeParseException e) {
                    // told below
                }
            }
            faults.add(
                    value.place(), Fault.BAD_VALUE, "'" + name + "' must be a time such as \"2026-03-02T09:00:00Z\"");
            return Optional.empty();
        });
    }

    Optional<Integer> count(String name) {
        return get(name).flatMap(value -> {
            if (value.value() instanceof BigDecimal number) {
                try {
                    int count = number.intValueExact();
                    if (count >= 1) {
                        return Optional.of(count);
                    }
                } catch (ArithmeticException e) {
                    // told below
                }
            }
            faults.add(value.place(), Fault.BAD_VALUE, "'" + name + "' must be a whole number from 1 on");
            return Optional.empty();
        });
    }

    /** One of several words. */
    Optional<String> word(String name, List<String> words) {
        return text(name).filter(word -> {
            if (!words.contains(word)) {
                get(name)
                        .ifPresent(value -> faults.add(
                                value.place(),
                                Fault.BAD_VALUE,
                                "'" + name + "' is " + Faults.quote(word) + ", but must be one of "
                                        + Faults.list(words)));
                return false;
            }
            return true;
        });
    }
}
