package io.jitapproval.spring;

import io.jitapproval.core.MethodGuard;
import io.jitapproval.core.MethodGuard.Inspected;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The guarded methods of each class. The guard is fetched when the first call comes, never while beans are created. */
final class Inspections {

    private final ObjectProvider<MethodGuard> guard;
    private final ConcurrentMap<Class<?>, Inspected> known = new ConcurrentHashMap<>();
    private volatile @Nullable MethodGuard fetched;

    Inspections(ObjectProvider<MethodGuard> guard) {
        this.guard = guard;
    }

    /** Fails for a class that cannot be enforced, so that a call before the check at start does not slip through. */
    Inspected of(Class<?> type) {
        Inspected inspected = known.get(type);
        if (inspected == null) {
            inspected = guard().inspect(type, SuspendReturnType.ofProxies()).orFail();
            known.put(type, inspected);
        }
        return inspected;
    }

    /** Fetches the guard at the latest now, so that a closed context has a closed guard and not a new one. */
    MethodGuard guard() {
        MethodGuard now = fetched;
        if (now == null) {
            now = guard.getObject();
            fetched = now;
        }
        return now;
    }
}
