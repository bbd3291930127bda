package io.jitapproval.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.springframework.aop.framework.ProxyFactory;

/** What is cheaper than any guard can be. */
@State(Scope.Benchmark)
public class FloorBenchmark {

    private static final int ENTRIES = 1_000;

    private final Ledger ledger = new Ledger();
    private final BigDecimal amount = Task.amount(Task.ALLOWED);
    private final Map<String, Integer> map = new ConcurrentHashMap<>();
    private final Cache<String, Integer> cache =
            Caffeine.newBuilder().maximumSize(ENTRIES * 2).build();
    private PlainRefunds jdkProxy = ledger;
    private PlainRefunds springProxy = ledger;

    /** Fills the maps and makes the proxies. */
    @Setup
    public void setUp() {
        for (int i = 0; i < ENTRIES; i++) {
            map.put(Task.otherAction(i), i);
            cache.put(Task.otherAction(i), i);
        }
        map.put(Task.ACTION, ENTRIES);
        cache.put(Task.ACTION, ENTRIES);
        jdkProxy = (PlainRefunds) Proxy.newProxyInstance(
                PlainRefunds.class.getClassLoader(),
                new Class<?>[] {PlainRefunds.class},
                (proxy, method, args) -> method.invoke(ledger, args));
        ProxyFactory factory = new ProxyFactory(ledger);
        factory.setProxyTargetClass(true);
        factory.addAdvice((MethodInterceptor) invocation -> invocation.proceed());
        springProxy = (PlainRefunds) factory.getProxy();
        Task.require(map() == ENTRIES && caffeine() == ENTRIES, "the maps have the action");
        Task.require(jdkProxy().equals(Task.ORDER) && springAop().equals(Task.ORDER), "the proxies pass on");
    }

    /** The action alone. */
    @Benchmark
    public String direct() {
        return ledger.refund(Task.ORDER, amount);
    }

    /** One look into a concurrent map. */
    @Benchmark
    public int map() {
        return map.getOrDefault(Task.ACTION, -1);
    }

    /** One look into a bounded cache. */
    @Benchmark
    public int caffeine() {
        Integer found = cache.getIfPresent(Task.ACTION);
        return found == null ? -1 : found;
    }

    /** The action behind a JDK proxy that invokes it by reflection. */
    @Benchmark
    public String jdkProxy() {
        return jdkProxy.refund(Task.ORDER, amount);
    }

    /** The action behind a Spring proxy (CGLIB) with one interceptor that does nothing. */
    @Benchmark
    public String springAop() {
        return springProxy.refund(Task.ORDER, amount);
    }
}
