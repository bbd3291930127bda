package io.jitapproval.core.policy;

import io.jitapproval.Resource;

/**
 * An exact {@code type/id}, or a beginning of it that ends in {@code *}.
 *
 * @param text   the pattern without its star
 * @param prefix whether it had a star
 */
record ResourcePattern(String text, boolean prefix) {

    /** Compares with {@code type/id} without building it. */
    boolean matches(Resource resource) {
        String type = resource.type();
        String id = resource.id();
        int whole = type.length() + 1 + id.length();
        if (prefix ? text.length() > whole : text.length() != whole) {
            return false;
        }
        if (text.length() <= type.length()) {
            return type.startsWith(text);
        }
        return text.startsWith(type)
                && text.charAt(type.length()) == '/'
                && id.regionMatches(0, text, type.length() + 1, text.length() - type.length() - 1);
    }

    @Override
    public String toString() {
        return prefix ? text + "*" : text;
    }
}
