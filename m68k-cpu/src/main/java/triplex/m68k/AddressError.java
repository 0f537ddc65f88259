package triplex.m68k;

/** A word access to an odd address unwinds the instruction by this one preallocated exception. */
final class AddressError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final AddressError INSTANCE = new AddressError();

    private AddressError() {
        super("address error", null, false, false);
    }
}
