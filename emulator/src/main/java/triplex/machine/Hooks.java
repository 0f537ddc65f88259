package triplex.machine;

import triplex.hw.Hardware;
import triplex.m68k.Hook;

/** Shares each processor's one hook between the debugger, which may stop it, and the trace, which only looks. */
public final class Hooks {
    private final Hardware hardware;
    private final Hook[] stoppers;
    private final Hook[] traces;

    Hooks(Hardware hardware, int boards) {
        this.hardware = hardware;
        stoppers = new Hook[boards];
        traces = new Hook[boards];
    }

    /** Sets or, with null, removes the hook of a board that may stop it. */
    void set(int slot, Hook stopper) {
        stoppers[slot] = stopper;
        install(slot);
    }

    /** Sets or, with null, removes the hook of a board that looks at each instruction; its answer is ignored. */
    public void trace(int slot, Hook trace) {
        traces[slot] = trace;
        install(slot);
    }

    private void install(int slot) {
        Hook stopper = stoppers[slot];
        Hook trace = traces[slot];
        Hook both = stopper == null && trace == null ? null : pc -> {
            if (stopper != null && stopper.before(pc)) {
                return true;
            }
            if (trace != null) {
                trace.before(pc);
            }
            return false;
        };
        hardware.board(slot).cpu().setHook(both);
    }
}
