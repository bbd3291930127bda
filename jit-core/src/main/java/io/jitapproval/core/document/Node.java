package io.jitapproval.core.document;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** One value of a document with its place. JSON and YAML are read into this one tree. */
public sealed interface Node {

    /** Where the value begins, counted from 1. */
    Place place();

    /** What it is, as in "expected …, but was <i>a list</i>". */
    String kind();

    /** The value itself for messages, short and on one line. */
    String show();

    /**
     * A place in the document.
     *
     * @param line   counted from 1
     * @param column counted from 1
     */
    record Place(int line, int column) {}

    /**
     * A field of an object.
     *
     * @param key   where its name stands
     * @param value its value
     */
    record Field(Place key, Node value) {}

    /** An object; its fields in the order of the document. */
    record Obj(Place place, Map<String, Field> fields) implements Node {
        @Override
        public String kind() {
            return "an object";
        }

        @Override
        public String show() {
            return "{…}";
        }
    }

    /** A list. */
    record Arr(Place place, List<Node> items) implements Node {
        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public String show() {
            return items.isEmpty() ? "[]" : "[…]";
        }
    }

    /** Text. */
    record Str(Place place, String value) implements Node {
        @Override
        public String kind() {
            return "text";
        }

        @Override
        public String show() {
            return Words.quote(value);
        }
    }

    /** A number, exactly as written. */
    record Num(Place place, BigDecimal value) implements Node {
        @Override
        public String kind() {
            return "a number";
        }

        @Override
        public String show() {
            return Words.number(value);
        }
    }

    /** True or false. */
    record Bool(Place place, boolean value) implements Node {
        @Override
        public String kind() {
            return "true or false";
        }

        @Override
        public String show() {
            return Boolean.toString(value);
        }
    }

    /** Null. */
    record Nil(Place place) implements Node {
        @Override
        public String kind() {
            return "null";
        }

        @Override
        public String show() {
            return "null";
        }
    }
}
