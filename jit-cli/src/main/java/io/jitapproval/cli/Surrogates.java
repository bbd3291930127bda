package io.jitapproval.cli;

import io.jitapproval.core.document.Node;
import io.jitapproval.core.document.Problems;

/** Finds halves of characters: two programs that read such a text may see two different ones. */
final class Surrogates {

    private Surrogates() {}

    static void check(Node node, Problems problems) {
        if (node instanceof Node.Str text) {
            check(text.value(), node.place(), problems);
        } else if (node instanceof Node.Arr array) {
            array.items().forEach(item -> check(item, problems));
        } else if (node instanceof Node.Obj object) {
            object.fields().forEach((name, field) -> {
                check(name, field.key(), problems);
                check(field.value(), problems);
            });
        }
    }

    private static void check(String text, Node.Place place, Problems problems) {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            problems.add(
                    UsageCode.SURROGATE.code(),
                    place,
                    "this text has half of a character in it (an unpaired surrogate): send whole characters");
        }
    }
}
