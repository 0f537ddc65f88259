#ifndef STDLIB_EXIT_H
#define STDLIB_EXIT_H

/* Set by stdio when the first stream gets a buffer, so that a program without stdio does not hold it. */
extern void (*__exit_flush)(void);

#endif
