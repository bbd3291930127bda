package io.jitapproval.core.guard;

import io.jitapproval.PreviewLine;
import io.jitapproval.core.binding.CanonicalJson;
import io.jitapproval.core.binding.Digests;
import io.jitapproval.spi.ActionPreview;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks applications what an action would do, within a time limit, and cuts what is too long to show. */
final class Previews {

    private final Map<String, ActionPreview> byAction;
    private final Limited limited;

    Previews(Map<String, ActionPreview> byAction, Limited limited) {
        this.byAction = byAction;
        this.limited = limited;
    }

    boolean has(Call call) {
        return byAction.containsKey(call.action());
    }

    /** What the call would do; empty if nobody says. */
    List<PreviewLine> of(Call call) throws Exception {
        ActionPreview preview = byAction.get(call.action());
        if (preview == null) {
            return List.of();
        }
        return shortened(limited.call(preview.timeLimit(), () -> List.copyOf(preview.preview(call.request))));
    }

    static List<PreviewLine> shortened(List<PreviewLine> lines) {
        List<PreviewLine> shown = new ArrayList<>();
        int whole = lines.size() <= ActionPreview.MOST_LINES ? lines.size() : ActionPreview.MOST_LINES - 1;
        for (PreviewLine line : lines.subList(0, whole)) {
            shown.add(new PreviewLine(cut(line.name()), cut(line.value())));
        }
        if (whole < lines.size()) {
            List<List<String>> rest = lines.subList(whole, lines.size()).stream()
                    .map(line -> List.of(line.name(), line.value()))
                    .toList();
            shown.add(new PreviewLine(
                    "…", rest.size() + " more lines, SHA-256 " + Digests.sha256Hex(CanonicalJson.bytes(rest))));
        }
        return shown;
    }

    private static String cut(String text) {
        if (text.length() <= ActionPreview.LONGEST_TEXT) {
            return text;
        }
        String end = "… (" + text.length() + " characters, SHA-256 "
                + Digests.sha256Hex(text.getBytes(StandardCharsets.UTF_8)) + ")";
        int at = ActionPreview.LONGEST_TEXT - end.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(at - 1)) ? at - 1 : at) + end;
    }
}
