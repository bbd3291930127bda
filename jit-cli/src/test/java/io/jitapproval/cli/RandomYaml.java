package io.jitapproval.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Policies as careless people write them: fields in any order, any layout, comments here and there that name what they are about. */
final class RandomYaml {

    private record Field(String name, String flow, List<String> block) {
        Field(String name, String flow) {
            this(name, flow, List.of());
        }
    }

    private final Random random;
    private final StringBuilder out = new StringBuilder();
    private int rules;
    private int notes;

    RandomYaml(Random random) {
        this.random = random;
    }

    String document() {
        String rulesFirst = sometimes() ? rules() : null;
        comment("", "default");
        out.append("default:")
                .append(blanks())
                .append("deny")
                .append(behind("default"))
                .append('\n');
        String text = out.toString();
        out.setLength(0);
        return rulesFirst == null ? text + (sometimes() ? "\n" : "") + rules() : rulesFirst + text;
    }

    private String rules() {
        out.setLength(0);
        comment("", "rules");
        out.append("rules:").append(behind("rules")).append('\n');
        String indent = " ".repeat(random.nextInt(3) * 2);
        int many = 1 + random.nextInt(4);
        for (int i = 0; i < many; i++) {
            rule(indent);
        }
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    private void rule(String indent) {
        String id = "r" + rules;
        rules++;
        List<Field> fields = new ArrayList<>(fields(id));
        Collections.shuffle(fields, random);
        if (random.nextInt(4) == 0) {
            String first = fields.stream()
                    .map(field -> field.name() + ": " + field.flow())
                    .reduce((a, b) -> a + ", " + b)
                    .orElseThrow();
            comment(indent, "rule");
            out.append(indent).append("- {").append(first).append("}\n");
            return;
        }
        comment(indent, "rule");
        String lead = indent + "- ";
        for (Field field : fields) {
            if (!lead.endsWith("- ")) {
                comment(lead, field.name());
            }
            field(field, lead, indent + "  ");
            lead = indent + "  ";
        }
        if (sometimes()) {
            out.append("\n".repeat(random.nextInt(3)));
        }
    }

    private void field(Field field, String lead, String indent) {
        out.append(lead).append(field.name()).append(':');
        if (field.block().isEmpty() || sometimes()) {
            out.append(blanks())
                    .append(field.flow())
                    .append(behind(field.name()))
                    .append('\n');
            return;
        }
        out.append(behind(field.name())).append('\n');
        for (String line : field.block()) {
            String about = line.strip().replaceFirst("^- ", "").replaceFirst(":.*", "");
            comment(
                    indent + "  "
                            + line.substring(
                                    0, line.length() - line.stripLeading().length()),
                    about);
            out.append(indent).append("  ").append(line).append(behind(about)).append('\n');
        }
    }

    private List<Field> fields(String id) {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("id", sometimes() ? id : sometimes() ? "'" + id + "'" : "\"" + id + "\""),
                new Field("actions", "[a." + id + ",'b.*']", List.of("- a." + id, "- 'b.*'")),
                new Field("effect", sometimes() ? "deny" : "\"allow\"")));
        if (sometimes()) {
            fields.add(new Field(
                    "when",
                    "{action.amount: {moreThan: 1e3, atMost: 020.50e2}, any: [{subject.x: {equals: yes-1}}, {context.ip: {equals: \"10.0.0.1\"}}]}"
                            .replace("020", "20"),
                    List.of(
                            "action.amount:",
                            "  moreThan: 1e3",
                            "  atMost: 20.50e2",
                            "any:",
                            "- subject.x: { equals: yes-1 }",
                            "- context.ip: { equals: \"10.0.0.1\" }")));
        }
        if (sometimes()) {
            fields.add(new Field(
                    "because", sometimes() ? "'It''s so: because'" : "Since " + "people say so and ".repeat(9) + "so"));
        }
        if (sometimes()) {
            fields.add(new Field("resources", "[ order/*, \"x/1\" ]", List.of("- order/*", "- \"x/1\"")));
        }
        return fields;
    }

    private void comment(String indent, String about) {
        if (random.nextInt(4) == 0 && about.matches("[\\w.: ]+")) {
            String margin = indent.replace('-', ' ');
            out.append(sometimes() ? "\n" : "")
                    .append(margin)
                    .append(note(about))
                    .append('\n');
        }
    }

    private String behind(String about) {
        return random.nextInt(4) == 0 && about.matches("[\\w.: ]+") ? blanks() + note(about) : "";
    }

    /** Says in which rule it stands and what it is about; no two are alike. */
    private String note(String about) {
        return "# " + notes++ + " about " + about
                + (rules == 0 || about.equals("default") ? "" : " of r" + (rules - 1));
    }

    private String blanks() {
        return " ".repeat(1 + random.nextInt(3));
    }

    private boolean sometimes() {
        return random.nextBoolean();
    }

    /** A document in JSON on one line or many. */
    String json() {
        StringBuilder json = new StringBuilder("{\"rules\": [");
        int many = random.nextInt(4);
        for (int i = 0; i < many; i++) {
            json.append(i > 0 ? "," : "")
                    .append(" ".repeat(random.nextInt(3)))
                    .append(sometimes() ? "\n" : "")
                    .append("{\"effect\":\"deny\",\"when\":{\"action.amount\":{\"in\":[")
                    .append("1e3,2.5000,-0.0,1E-7,".repeat(1 + random.nextInt(9)))
                    .append("7]}},\"actions\":[\"\\u00e4\\n\\\"x*\"".replace("\\n", " "))
                    .append("],\"id\":\"r")
                    .append(i)
                    .append("\"}");
        }
        return json.append("], \"default\":\"deny\"}").toString();
    }
}
