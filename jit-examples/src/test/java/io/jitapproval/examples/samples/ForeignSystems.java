package io.jitapproval.examples.samples;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the sample adapters talk to: a server that takes messages, a table, a database. */
final class ForeignSystems {

    static Server server = new Server();
    static List<String> table = new CopyOnWriteArrayList<>();

    private ForeignSystems() {}

    static final class Server {

        private final List<String> messages = new CopyOnWriteArrayList<>();

        String url() {
            server = new Server();
            return "memory:messages";
        }

        void post(String message) {
            messages.add(message);
        }

        List<String> received() {
            return List.copyOf(messages);
        }
    }

    static List<String> emptyTable() {
        table = new CopyOnWriteArrayList<>();
        return table;
    }

    static List<String> rowsOf(List<String> rows) {
        return List.copyOf(rows);
    }

    static String emptyDatabase() {
        return "memory:grants";
    }
}
