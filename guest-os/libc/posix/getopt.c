#include <getopt.h>
#include <stdio.h>
#include <string.h>

char *optarg;
int optind = 1, opterr = 1, optopt;

/* Where the next letter of a bundle stands; 0 between arguments. A caller that has set optind starts over. */
static int place, left_at = 1;

static int complain(const char *program, const char *text, const char *options) {
    if (opterr && *options != ':') fprintf(stderr, "%s: %s -- '%c'\n", program, text, optopt);
    return '?';
}

static int next_option(int argc, char *const argv[], const char *options) {
    optarg = NULL;
    if (optind == 0) optind = 1;
    if (optind != left_at) place = 0;
    if (place == 0) {
        if (optind >= argc || argv[optind] == NULL || argv[optind][0] != '-' || argv[optind][1] == 0) return -1;
        if (strcmp(argv[optind], "--") == 0) {
            optind++;
            return -1;
        }
        place = 1;
    }
    char *argument = argv[optind];
    optopt = (unsigned char)argument[place++];
    const char *known = optopt == ':' ? NULL : strchr(options, optopt);
    int last = argument[place] == 0;
    if (known == NULL || known[1] != ':') {
        if (last) {
            optind++;
            place = 0;
        }
        return known != NULL ? optopt : complain(argv[0], "unknown option", options);
    }
    optarg = last ? argv[optind + 1] : argument + place;
    optind += last ? 2 : 1;
    place = 0;
    if (last && optind > argc) {
        optind = argc;
        optarg = NULL;
        complain(argv[0], "option needs an argument", options);
        return *options == ':' ? ':' : '?';
    }
    return optopt;
}

int getopt(int argc, char *const argv[], const char *options) {
    int result = next_option(argc, argv, options);
    left_at = optind;
    return result;
}
