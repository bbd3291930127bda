package io.jitapproval.examples.refunddesk;

import io.jitapproval.core.AuditSinks;
import io.jitapproval.cli.JitMain;
import java.io.*;
import java.nio.file.*;
import org.junit.jupiter.api.Test;

class HalfYearTest {
    @Test
    void trial() throws Exception {
        long t = System.nanoTime();
        Path dir = Path.of("/tmp/desk5"); Files.createDirectories(dir);
        Path log = dir.resolve("audit.jsonl"); Files.deleteIfExists(log);
        String policy = new String(HalfYear.class.getResourceAsStream("/refunddesk/half-year-policy.json").readAllBytes());
        Files.writeString(dir.resolve("policy.json"), policy);
        { var sink = AuditSinks.jsonLines(log);
            System.out.println(HalfYear.wishes().size() + " wishes, ran " + HalfYearRun.run(HalfYear.wishes(), policy, new Batches(sink)));
        }
        System.out.println((System.nanoTime() - t) / 1000000 + " ms");
        for (String c : new String[] {"suggest --history LOG --policy POL --out /tmp/desk5/out --force", "suggest --history LOG --policy POL --certify crossfit --out /tmp/desk5/outx --force", "insights --history LOG --policy POL --window P150D"}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream p = new PrintStream(out);
            t = System.nanoTime();
            int code = JitMain.run(System.in, p, p, c.replace("LOG", log.toString()).replace("POL", dir.resolve("policy.json").toString()).split(" "));
            Files.writeString(dir.resolve(c.split(" ")[0] + (c.contains("crossfit") ? "-x" : "") + ".txt"), out.toString());
            System.out.println(c + " -> " + code + " in " + (System.nanoTime() - t) / 1000000 + " ms");
        }
    }
}
