/**
 * What an application, a tester or an integrator compiles against: the annotation and the guard, the values and errors
 * that they speak in, and the interfaces through which a host wires in its own infrastructure.
 */
module io.jitapproval.api {
    requires static org.jspecify;

    exports io.jitapproval;
    exports io.jitapproval.spi;
}
