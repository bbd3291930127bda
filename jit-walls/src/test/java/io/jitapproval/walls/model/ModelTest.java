package io.jitapproval.walls.model;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The engine and the model agree; {@link ModelTwinsTest} shows that this can fail. See docs/model.md. */
class ModelTest {

    @Provide
    Arbitrary<History> histories() {
        return History.all();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(Runs.class)
    @Label(
            "walls 1, 3-9, 14: whatever happens in whatever order, and whatever fails meanwhile, the engine does what the model does")
    void agrees(@ForAll("histories") History history) {
        Check.agrees(history, new Twin());
    }
}
