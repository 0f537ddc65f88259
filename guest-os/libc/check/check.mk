# The checks of the C library that run on the host, in seconds.
check:
