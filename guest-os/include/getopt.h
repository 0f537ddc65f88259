#ifndef GETOPT_H
#define GETOPT_H

extern char *optarg;
extern int optind, opterr, optopt;

/* POSIX: stops at the first operand; a leading ':' in options asks for ':' instead of a complaint. Setting optind
 * to 1 starts over. */
int getopt(int argc, char *const argv[], const char *options);

#endif
