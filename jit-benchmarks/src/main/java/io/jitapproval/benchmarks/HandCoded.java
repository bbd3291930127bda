package io.jitapproval.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.jitapproval.Subject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** What somebody would write by hand for this task alone: no document, no freezing, no digest, no explanation. */
final class HandCoded {

    private static final int RING = 4_096;
    private static final BigDecimal ANY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final long A_MONTH = 30L * 24 * 3_600 * 1_000;

    private final Map<String, List<Rule>> rules = new HashMap<>();
    private final Cache<Key, Grant> grants =
            Caffeine.newBuilder().maximumSize(10_000).build();
    private final AtomicReferenceArray<@Nullable Event> ring = new AtomicReferenceArray<>(RING);
    private final AtomicLong events = new AtomicLong();

    private record Rule(String role, BigDecimal most) {}

    private record Key(String user, String action, String order, BigDecimal amount) {}

    private record Grant(String id, long until) {}

    private record Event(long time, String user, String action, String order, BigDecimal amount, String grant) {}

    HandCoded(int size) {
        for (int i = 0; i < size - 2; i++) {
            rules.put(Task.otherAction(i), List.of(new Rule("SUPPORT", BigDecimal.valueOf(Task.LIMIT))));
        }
        rules.put(Task.ACTION, List.of(new Rule("SUPPORT", BigDecimal.valueOf(Task.LIMIT)), new Rule("FINANCE", ANY)));
    }

    /** Looks up the action, compares role and amount. */
    boolean decide(Subject subject, String action, BigDecimal amount) {
        List<Rule> some = rules.get(action);
        if (some == null || !(subject.properties().get("roles") instanceof Collection<?> roles)) {
            return false;
        }
        for (Rule rule : some) {
            if (roles.contains(rule.role) && amount.compareTo(rule.most) <= 0) {
                return true;
            }
        }
        return false;
    }

    /** Lets this very call pass from now on. */
    void grant(String user, String order, BigDecimal amount) {
        grants.put(
                new Key(user, Task.ACTION, order, amount), new Grant("grant-1", System.currentTimeMillis() + A_MONTH));
    }

    long events() {
        return events.get();
    }

    /** A proxy that decides, looks for a grant, writes an event and runs the action by reflection. */
    PlainRefunds protect(PlainRefunds target) {
        return (PlainRefunds) Proxy.newProxyInstance(
                HandCoded.class.getClassLoader(),
                new Class<?>[] {PlainRefunds.class},
                (proxy, method, args) -> guarded(target, method, args));
    }

    private @Nullable Object guarded(PlainRefunds target, Method method, Object[] args) throws Throwable {
        Subject subject = CurrentUser.get();
        String order = (String) args[0];
        BigDecimal amount = (BigDecimal) args[1];
        String grantId = "";
        long now = System.currentTimeMillis();
        if (!decide(subject, Task.ACTION, amount)) {
            Grant grant = grants.getIfPresent(new Key(subject.id(), Task.ACTION, order, amount));
            if (grant == null || now >= grant.until) {
                throw new SecurityException("not without an approval");
            }
            grantId = grant.id;
        }
        ring.set(
                (int) (events.getAndIncrement() & (RING - 1)),
                new Event(now, subject.id(), Task.ACTION, order, amount, grantId));
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
