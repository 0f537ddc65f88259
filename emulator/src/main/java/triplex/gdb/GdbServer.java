package triplex.gdb;

import java.io.IOException;
import java.io.PrintStream;
import triplex.machine.Machine;
import triplex.monitor.Monitor;

/** Placeholder replaced below. */
public final class GdbServer {
    private GdbServer() {
    }

    public static GdbServer listen(Machine machine, int port, Monitor monitor, PrintStream log) throws IOException {
        return new GdbServer();
    }

    public String greeting() {
        return "";
    }

    public void poll() {
    }

    public boolean holds() {
        return false;
    }

    public void stopped() {
    }

    public void close() {
    }
}
