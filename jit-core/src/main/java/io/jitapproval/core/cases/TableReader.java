package io.jitapproval.core.cases;

import io.jitapproval.core.document.Code;
import io.jitapproval.core.document.Fields;
import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Node.Field;
import io.jitapproval.core.document.Problems;
import io.jitapproval.core.document.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns each row of a table into a case as it would be written out. */
final class TableReader {

    private static final List<String> TABLE = List.of("columns", "common", "rows");

    /** The fields of what has known ones, by path. */
    private static final Map<String, List<String>> KNOWN = Map.of(
            "",
            CaseReader.CASE,
            "subject",
            CaseReader.ENTITY,
            "resource",
            CaseReader.ENTITY,
            "action",
            CaseReader.ACTION,
            "expect",
            ExpectReader.EXPECT,
            "expect.grant",
            ExpectReader.GRANT);

    /** What has any fields. */
    private static final Set<String> OPEN =
            Set.of("with", "context", "subject.properties", "resource.properties", "action.properties");

    /** Its fields have dots in their names. */
    private static final String ATTRIBUTES = "attributes";

    private record Column(Node.Str name, List<String> path) {}

    private final Problems problems;

    TableReader(Problems problems) {
        this.problems = problems;
    }

    /** The cases of a table, or of each of a list of them. */
    List<Node> read(Node node) {
        List<Node> cases = new ArrayList<>();
        for (Node table : node instanceof Node.Arr several ? several.items() : List.of(node)) {
            table(table, cases);
        }
        return cases;
    }

    private void table(Node node, List<Node> cases) {
        Fields fields = Fields.of(node, problems, "a table", TABLE);
        if (fields == null) {
            return;
        }
        fields.required("columns", "\"columns\": [\"name\", \"with.amount\", \"expect.decision\"]");
        Node rows = fields.required("rows", "\"rows\": [[\"small\", 10, \"permit\"]]");
        Map<String, Field> common = new LinkedHashMap<>();
        Node same = fields.get("common");
        if (same != null && Fields.of(same, problems, "'common'", CaseReader.CASE) != null) {
            common.putAll(((Node.Obj) same).fields());
        }
        List<@Nullable Column> columns = columns(fields.texts("columns"), common);
        if (columns.isEmpty() || rows == null) {
            return;
        }
        List<Node> all = Plain.items(rows, "rows", problems);
        if (all.isEmpty()) {
            problems.add(Code.EMPTY, rows, "'rows' is empty: write at least one");
        }
        for (Node row : all) {
            Node written = written(row, columns, common);
            if (written != null) {
                cases.add(written);
            }
        }
    }

    /** Null stands for a column that names nothing. */
    private List<@Nullable Column> columns(List<Node.Str> names, Map<String, Field> common) {
        List<@Nullable Column> columns = new ArrayList<>();
        for (Node.Str name : names) {
            List<String> path = path(name);
            if (path != null && isFree(name, path, columns, common)) {
                columns.add(new Column(name, path));
            } else {
                columns.add(null);
            }
        }
        return columns;
    }

    private @Nullable List<String> path(Node.Str name) {
        List<String> parts = Arrays.asList(name.value().split("\\.", -1));
        String at = "";
        for (int i = 0; i < parts.size(); i++) {
            if (at.equals(ATTRIBUTES)) {
                return List.of(ATTRIBUTES, String.join(".", parts.subList(i, parts.size())));
            }
            if (OPEN.contains(at)) {
                boolean blank = parts.subList(i, parts.size()).stream().anyMatch(String::isBlank);
                return blank ? unknown(name, " has a blank part") : parts;
            }
            List<String> known = KNOWN.get(at);
            if (known == null) {
                return unknown(name, " goes on behind '" + at + "', which has no parts");
            }
            if (!known.contains(parts.get(i))) {
                String hint = Words.hint(parts.get(i), known);
                return unknown(name, " names no field" + (at.isEmpty() ? "" : " of '" + at + "'") + hint);
            }
            at = at.isEmpty() ? parts.get(i) : at + "." + parts.get(i);
        }
        return parts;
    }

    private @Nullable List<String> unknown(Node.Str name, String why) {
        TestCode.COLUMN.at(name, problems, "the column " + name.show() + why);
        return null;
    }

    /** Whether neither another column nor a whole in common says what the column says. */
    private boolean isFree(Node.Str name, List<String> path, List<@Nullable Column> others, Map<String, Field> common) {
        for (@Nullable Column other : others) {
            if (other != null && (begins(path, other.path()) || begins(other.path(), path))) {
                TestCode.COLUMN.at(
                        name,
                        problems,
                        "the column " + name.show() + " says what the column "
                                + other.name().show() + " says too");
                return false;
            }
        }
        Map<String, Field> at = common;
        for (String part : path.subList(0, path.size() - 1)) {
            Field field = at.get(part);
            if (field == null) {
                return true;
            }
            if (!(field.value() instanceof Node.Obj object)) {
                TestCode.COLUMN.at(
                        name,
                        problems,
                        "the column " + name.show() + " goes into " + Words.quote(part)
                                + ", which 'common' says as a whole");
                return false;
            }
            at = object.fields();
        }
        return true;
    }

    private static boolean begins(List<String> path, List<String> with) {
        return path.size() >= with.size() && path.subList(0, with.size()).equals(with);
    }

    private @Nullable Node written(Node row, List<@Nullable Column> columns, Map<String, Field> common) {
        if (!(row instanceof Node.Arr values)) {
            problems.wrongType(row, "a row", "a list with a value for each column");
            return null;
        }
        List<Node> cells = values.items();
        if (cells.size() != columns.size()) {
            TestCode.ROW.at(
                    row,
                    problems,
                    "the row has " + cells.size() + (cells.size() == 1 ? " value" : " values") + ", but there are "
                            + columns.size() + " columns: write null where a value is left out");
            return null;
        }
        Node.Obj written = new Node.Obj(row.place(), common);
        for (int i = 0; i < cells.size(); i++) {
            Column column = columns.get(i);
            if (column != null && !(cells.get(i) instanceof Node.Nil)) {
                written = put(written, column.path(), cells.get(i));
            }
        }
        return written;
    }

    private static Node.Obj put(Node.Obj object, List<String> path, Node cell) {
        Map<String, Field> fields = new LinkedHashMap<>(object.fields());
        String name = path.get(0);
        if (path.size() == 1) {
            fields.put(name, new Field(cell.place(), cell));
        } else {
            Field field = fields.get(name);
            Node.Obj within = field != null && field.value() instanceof Node.Obj inside
                    ? inside
                    : new Node.Obj(cell.place(), Map.of());
            fields.put(name, new Field(cell.place(), put(within, path.subList(1, path.size()), cell)));
        }
        return new Node.Obj(object.place(), fields);
    }
}
