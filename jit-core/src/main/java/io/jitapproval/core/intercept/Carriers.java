package io.jitapproval.core.intercept;

import io.jitapproval.Continuation;
import io.jitapproval.RequiresJitApproval;
import io.jitapproval.core.intercept.MethodGroup.Member;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The declarations of one method that carry the annotation.
 *
 * @param onMethods   whether it stands on the methods themselves; otherwise on their types
 * @param annotations what each carries, in the order of the group; not empty
 */
record Carriers(MethodGroup group, boolean onMethods, Map<Member, Set<RequiresJitApproval>> annotations) {

    /** Null where no annotation is meant for the method. What compilers add carries nothing of its own. */
    static @Nullable Carriers of(MethodGroup group) {
        Map<Member, Set<RequiresJitApproval>> onMethods = new LinkedHashMap<>();
        Map<Member, Set<RequiresJitApproval>> onTypes = new LinkedHashMap<>();
        for (Member member : group.members()) {
            if (member.method().isSynthetic()) {
                continue;
            }
            Set<RequiresJitApproval> own = Annotations.on(member.method());
            if (!own.isEmpty()) {
                onMethods.put(member, own);
            }
            Set<RequiresJitApproval> ofType = Annotations.on(member.level().type());
            if (!ofType.isEmpty()) {
                onTypes.put(member, ofType);
            }
        }
        if (onMethods.isEmpty() && onTypes.isEmpty()) {
            return null;
        }
        return onMethods.isEmpty() ? new Carriers(group, false, onTypes) : new Carriers(group, true, onMethods);
    }

    List<Member> members() {
        return List.copyOf(annotations.keySet());
    }

    Member first() {
        return annotations.keySet().iterator().next();
    }

    /** The declaration that speaks for the method in messages. */
    String where() {
        return Problems.where(first().method());
    }

    /** Where the annotation itself stands. */
    String whereAnnotated() {
        return where(first());
    }

    private String where(Member member) {
        return onMethods
                ? Problems.where(member.method())
                : Problems.where(member.level().type());
    }

    /** The one annotation that all carry; null, with a problem, where they differ. */
    @Nullable
    RequiresJitApproval agreed(Problems problems) {
        Set<RequiresJitApproval> different = new LinkedHashSet<>();
        annotations.values().forEach(different::addAll);
        if (different.size() > 1) {
            Set<String> each = new TreeSet<>();
            annotations.forEach((member, found) ->
                    found.forEach(annotation -> each.add(describe(annotation) + " on " + where(member))));
            problems.add(
                    Problems.COMPETING,
                    where(),
                    "different annotations compete for the same method: " + String.join("; ", each)
                            + ". Keep one, or make them equal");
            return null;
        }
        return different.iterator().next();
    }

    boolean allMark(int index, Class<? extends Annotation> mark) {
        return annotations.keySet().stream().allMatch(member -> member.marks(index, mark));
    }

    /** The names that every carrier gives the parameters; null, with a problem, where they are unknown or differ. */
    @Nullable
    List<String> parameterNames(Problems problems) {
        @Nullable List<String> names = null;
        for (Member member : annotations.keySet()) {
            List<String> own = new ArrayList<>();
            for (java.lang.reflect.Parameter parameter : member.method().getParameters()) {
                if (!parameter.isNamePresent()) {
                    problems.add(
                            Problems.NO_NAMES,
                            Problems.where(member.method()),
                            "the class file has no parameter names, by which policies and people know arguments. Compile it "
                                    + "with -parameters");
                    return null;
                }
                own.add(parameter.getName());
            }
            if (names != null && !names.equals(own)) {
                problems.add(
                        Problems.NAMES_DIFFER,
                        where(),
                        "annotated declarations name the parameters differently: " + names + " and " + own + " in "
                                + Problems.where(member.method()) + ". Name them alike, or annotate one of them only");
                return null;
            }
            names = own;
        }
        return names;
    }

    private static String describe(RequiresJitApproval annotation) {
        StringJoiner text = new StringJoiner(", ", "(", ")");
        text.add("action = \"" + annotation.action() + '"');
        if (!annotation.resource().isEmpty()) {
            text.add("resource = \"" + annotation.resource() + '"');
        }
        if (!annotation.reason().isEmpty()) {
            text.add("reason = \"" + annotation.reason() + '"');
        }
        if (!annotation.ticket().isEmpty()) {
            text.add("ticket = \"" + annotation.ticket() + '"');
        }
        if (annotation.continuation() != Continuation.RETRY) {
            text.add("continuation = " + annotation.continuation());
        }
        return text.add("waitAtMost = \"" + annotation.waitAtMost() + '"').toString();
    }
}
