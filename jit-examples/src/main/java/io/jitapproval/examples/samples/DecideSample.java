package io.jitapproval.examples.samples;

import io.jitapproval.EvaluationRequest;
import io.jitapproval.JitGuard;
import java.util.ArrayList;
import java.util.List;

/** A menu that knows in advance what policy would say. */
final class DecideSample {

    private final List<String> menu = new ArrayList<>();

    List<String> menu(JitGuard guard, EvaluationRequest request) {
        switch (guard.decide(request).kind()) { // asks nothing, changes nothing: for menus and dry runs
            case PERMIT -> show("refund");
            case APPROVAL_REQUIRED -> show("refund (asks finance)");
            case DENY -> hide("refund");
        }
        return menu;
    }

    private void show(String item) {
        menu.add(item);
    }

    private void hide(String item) {
        menu.remove(item);
    }
}
