package triplex.gdb;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import triplex.machine.Debugger;
import triplex.machine.Machine;
import triplex.monitor.Monitor;

/**
 * GDB's way into the machine, on 127.0.0.1: one client at a time, boards are processes. It has no thread: whoever runs
 * the machine calls {@link #poll} between slices, leaves the machine alone while {@link #holds}, and tells by {@link
 * #ran}.
 */
public final class GdbServer implements AutoCloseable {
    private final Machine machine;
    private final Monitor monitor;
    private final KernelFile kernel;
    private final PrintStream log;
    private final ServerSocketChannel socket;
    private Session session;

    private GdbServer(Machine machine, Monitor monitor, KernelFile kernel, PrintStream log,
        ServerSocketChannel socket) {
        this.machine = machine;
        this.monitor = monitor;
        this.kernel = kernel;
        this.log = log;
        this.socket = socket;
    }

    /**
     * Opens the port.
     *
     * @param port 0: any free one
     * @param kernelElf the kernel with symbols that GDB loads by itself; null: none
     * @throws IOException when the port is taken
     */
    public static GdbServer listen(Machine machine, int port, Monitor monitor, byte[] kernelElf, PrintStream log)
            throws IOException {
        ServerSocketChannel socket = ServerSocketChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.configureBlocking(false);
        return new GdbServer(machine, monitor, new KernelFile("/kernel.elf", kernelElf), log, socket);
    }

    /** The port it listens on. */
    public int port() {
        return socket.socket().getLocalPort();
    }

    /** What the user types into GDB. */
    public String greeting() {
        return "GDB: gdb-multiarch -ex 'set endian big' -ex 'target remote :" + port() + "'";
    }

    /** True while a client keeps the machine stopped. */
    public boolean holds() {
        return session != null && session.holds();
    }

    /** The breakpoints that clients set. */
    public Debugger debugger() {
        return monitor.debugger();
    }

    /** True while a client is connected. */
    public boolean attached() {
        return session != null;
    }

    /** Handles what clients have sent; while the machine is held, waits some milliseconds for more. */
    public void poll() {
        try {
            if (session == null) {
                SocketChannel client = socket.accept();
                if (client == null) {
                    return;
                }
                monitor.debugger().settle();
                session = new Session(machine, monitor, kernel, new Packets(client));
            }
            session.poll();
            if (session.gone()) {
                drop();
            }
        } catch (IOException e) {
            log.println("triplex: GDB's connection broke: " + e.getMessage());
            drop();
        }
    }

    private void drop() {
        monitor.debugger().clear();
        try {
            session.close();
        } catch (IOException e) {
            log.println("triplex: GDB's connection did not close: " + e.getMessage());
        }
        session = null;
    }

    /** A hook has stopped the machine, or a slice has ended: tells the client what it must know. */
    public void ran(Debugger.Stop stop) {
        if (session != null) {
            try {
                session.ran(stop);
            } catch (IOException e) {
                drop();
            }
        }
    }

    @Override
    public void close() {
        try {
            if (session != null) {
                session.end();
                drop();
            }
            socket.close();
        } catch (IOException e) {
            log.println("triplex: GDB's port did not close: " + e.getMessage());
        }
    }
}
