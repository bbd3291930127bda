package io.jitapproval.core.feedback.evidence;

import io.jitapproval.ConfigurationProblem;
import io.jitapproval.JitConfigurationException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A model as one JSON document; what is written reads back as the same model, bit for bit. */
final class ModelJson {

    private static final String CODE = "JIT-F101";
    private static final int VERSION = 1;
    private static final int MOST = 50_000_000;
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser in;

    private ModelJson(JsonParser in) {
        this.in = in;
    }

    static String write(EvidenceModel.Parts parts) {
        StringWriter text = new StringWriter(1 << 16);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeNumberProperty("evidenceModel", VERSION);
            json.writeStringProperty("name", parts.name());
            json.writeStringProperty("made", parts.made());
            json.writeNumberProperty("base", parts.base());
            json.writeNumberProperty("bias", parts.bias());
            json.writeName("tolerated");
            json.writeArray(parts.tolerated(), 0, parts.tolerated().length);
            json.writeName("actions");
            json.writeStartArray();
            parts.actions().forEach(json::writeString);
            json.writeEndArray();
            json.writeName("columns");
            json.writeStartArray();
            for (int c = 0; c < parts.columns().size(); c++) {
                column(json, parts.columns().get(c), parts.applies()[c]);
            }
            json.writeEndArray();
            json.writeName("tables");
            json.writeStartArray();
            parts.tables().forEach(table -> table(json, table));
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }

    private static void column(JsonGenerator json, Column column, boolean[] applies) {
        json.writeStartObject();
        json.writeStringProperty("path", column.path().text());
        json.writeStringProperty("kind", column.kind().name());
        json.writeStringProperty("element", column.element());
        json.writeName("values");
        json.writeStartArray();
        for (Object value : column.values()) {
            if (value instanceof Double number) {
                json.writeNumber(number);
            } else if (value instanceof Boolean bool) {
                json.writeBoolean(bool);
            } else {
                json.writeString(String.valueOf(value));
            }
        }
        json.writeEndArray();
        json.writeName("cuts");
        json.writeArray(column.cuts(), 0, column.cuts().length);
        json.writeNumberProperty("from", column.from());
        json.writeNumberProperty("to", column.to());
        json.writeName("applies");
        json.writeStartArray();
        for (boolean each : applies) {
            json.writeBoolean(each);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Keys are flat: both codes, then how many were approved, and decided. */
    private static void table(JsonGenerator json, EvidenceModel.Table table) {
        json.writeStartObject();
        json.writeNumberProperty("first", table.first());
        json.writeNumberProperty("second", table.second());
        json.writeNumberProperty("evidence", table.evidence());
        json.writeNumberProperty("support", table.support());
        json.writeName("counts");
        json.writeStartArray();
        long[] keys = table.slots().keys();
        for (int i = 0; i < keys.length; i++) {
            json.writeNumber((int) (keys[i] >>> 32));
            json.writeNumber((int) keys[i]);
            json.writeNumber(table.approved()[i]);
            json.writeNumber(table.decided()[i]);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static EvidenceModel.Parts read(String origin, String text) {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            return new ModelJson(in).parts();
        } catch (JacksonException | IllegalArgumentException | IndexOutOfBoundsException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new JitConfigurationException(List.of(new ConfigurationProblem(
                    CODE, origin, "this is no model of evidence: " + first + "; make it anew with jit suggest")));
        }
    }

    private EvidenceModel.Parts parts() {
        expect(in.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
        expect("evidenceModel".equals(in.nextName()) && in.nextIntValue(0) == VERSION, "its version is not " + VERSION);
        String name = text("name");
        String made = text("made");
        double base = number("base");
        double bias = number("bias");
        expect(base > 0 && base < 1 && Double.isFinite(bias), "its base rate or its bias is out of range");
        List<Integer> tolerated = new ArrayList<>();
        array("tolerated", () -> tolerated.add(in.getIntValue()));
        List<String> actions = new ArrayList<>();
        array("actions", () -> actions.add(in.getString()));
        List<Column> columns = new ArrayList<>();
        List<boolean[]> applies = new ArrayList<>();
        array("columns", () -> columns.add(column(applies)));
        expect(columns.size() < Integer.SIZE, "it has too many columns");
        List<EvidenceModel.Table> tables = new ArrayList<>();
        array("tables", () -> tables.add(table(columns)));
        expect(tolerated.size() == actions.size(), "'tolerated' has not one entry an action");
        applies.forEach(each -> expect(each.length == actions.size(), "'applies' has not one entry an action"));
        return new EvidenceModel.Parts(
                name,
                made,
                base,
                bias,
                columns,
                applies.toArray(new boolean[0][]),
                actions,
                tolerated.stream().mapToInt(Integer::intValue).toArray(),
                tables);
    }

    private Column column(List<boolean[]> applies) {
        expect(in.currentToken() == JsonToken.START_OBJECT, "a column is no object");
        AttributePath path = AttributePath.of(text("path"));
        Column.Kind kind = Column.Kind.valueOf(text("kind"));
        String element = text("element");
        List<Object> values = new ArrayList<>();
        array("values", () -> values.add(value()));
        List<Double> cuts = new ArrayList<>();
        array("cuts", () -> cuts.add(in.getDoubleValue()));
        double from = number("from");
        double to = number("to");
        List<Boolean> apply = new ArrayList<>();
        array("applies", () -> apply.add(in.getBooleanValue()));
        expect(in.nextToken() == JsonToken.END_OBJECT, "a column goes on behind its end");
        boolean[] mine = new boolean[apply.size()];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = apply.get(i);
        }
        applies.add(mine);
        return switch (kind) {
            case VALUE -> Column.values(path, values);
            case HAS -> Column.has(path, element);
            case RANGE ->
                Column.ranges(
                        path, cuts.stream().mapToDouble(Double::doubleValue).toArray(), from, to);
        };
    }

    private Object value() {
        return switch (in.currentToken()) {
            case VALUE_STRING -> in.getString();
            case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
            case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> in.getDoubleValue();
            default -> throw new IllegalArgumentException("a value is neither text, number, true nor false");
        };
    }

    private EvidenceModel.Table table(List<Column> columns) {
        expect(in.currentToken() == JsonToken.START_OBJECT, "a table is no object");
        int first = (int) number("first");
        int second = (int) number("second");
        double evidence = number("evidence");
        double support = number("support");
        expect(
                first >= 0 && first < columns.size() && second >= -1 && second < columns.size(),
                "a table names a column that is not there");
        expect(evidence >= 0 && support >= 0, "a weight is negative");
        List<int[]> counts = new ArrayList<>();
        int[] row = new int[4];
        int[] at = {0};
        array("counts", () -> {
            row[at[0]] = in.getIntValue();
            at[0]++;
            if (at[0] == row.length) {
                counts.add(row.clone());
                at[0] = 0;
                expect(counts.size() <= MOST, "it is too large");
            }
        });
        expect(in.nextToken() == JsonToken.END_OBJECT, "a table goes on behind its end");
        LongSlots slots = new LongSlots(counts.size());
        int[] decided = new int[counts.size()];
        int[] approved = new int[counts.size()];
        for (int[] each : counts) {
            expect(each[0] > 0 && each[1] > 0 && each[2] >= 0 && each[2] <= each[3], "a count is impossible");
            int slot = slots.add(Counts.key(each[0], each[1]));
            approved[slot] = each[2];
            decided[slot] = each[3];
        }
        expect(slots.size() == counts.size() && at[0] == 0, "a count stands twice, or half");
        return new EvidenceModel.Table(first, second, evidence, support, slots, decided, approved);
    }

    private void name(String name) {
        expect(name.equals(in.nextName()), "'" + name + "' is missing");
    }

    private String text(String name) {
        name(name);
        expect(in.nextToken() == JsonToken.VALUE_STRING, "'" + name + "' is no text");
        return in.getString();
    }

    private double number(String name) {
        name(name);
        @Nullable JsonToken token = in.nextToken();
        expect(token != null && token.isNumeric(), "'" + name + "' is no number");
        return in.getDoubleValue();
    }

    private void array(String name, Runnable element) {
        name(name);
        expect(in.nextToken() == JsonToken.START_ARRAY, "'" + name + "' is no list");
        while (in.nextToken() != JsonToken.END_ARRAY) {
            expect(in.currentToken() != null, "it ends within '" + name + "'");
            element.run();
        }
    }

    private static void expect(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
