package io.jitapproval.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.Random;

/** Draws from a random generator what a fuzzer would draw from its bytes, so that a target runs without one. */
final class RandomData {

    private RandomData() {}

    static FuzzedDataProvider of(Random random) {
        InvocationHandler handler = (proxy, method, args) -> switch (method.getName()) {
            case "consumeBoolean" -> random.nextBoolean();
            case "consumeInt" -> args == null ? random.nextInt() : between(random, (int) args[0], (int) args[1]);
            case "consumeLong" -> random.nextLong();
            case "consumeDouble" -> Double.longBitsToDouble(random.nextLong());
            case "consumeFloat" -> Float.intBitsToFloat(random.nextInt());
            case "consumeString" -> text(random, (int) args[0]);
            case "pickValue" ->
                ((Collection<?>) args[0])
                        .stream()
                                .skip(random.nextInt(((Collection<?>) args[0]).size()))
                                .findFirst()
                                .orElseThrow();
            default -> throw new UnsupportedOperationException(method.toString());
        };
        return (FuzzedDataProvider) Proxy.newProxyInstance(
                FuzzedDataProvider.class.getClassLoader(), new Class<?>[] {FuzzedDataProvider.class}, handler);
    }

    private static int between(Random random, int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    private static String text(Random random, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        for (int i = 0; i < length; i++) {
            text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x10000));
        }
        return text.toString();
    }
}
