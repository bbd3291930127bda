package io.jitapproval.cli;

import java.io.IOException;

/** One subcommand, with its options filled in. */
interface Command {

    /**
     * Runs it.
     *
     * @param console where to read and write
     * @return how it ended
     * @throws io.jitapproval.JitConfigurationException if an input cannot be used; each fault says where and why
     * @throws IOException if reading or writing fails half-way
     */
    Exit run(Console console) throws IOException;
}
