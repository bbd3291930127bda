package io.jitapproval.walls.model;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

class ModelTest {

    @Provide
    Arbitrary<History> histories() {
        return History.all();
    }

    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    @AddLifecycleHook(Runs.class)
    @Label("the engine does what the model does")
    void agrees(@ForAll("histories") History history) {
        Check.agrees(history, new Twin());
    }
}
