#include <bare.h>
#include <string.h>

enum { ARGUMENTS = 32 };

int main(int argc, char **argv);
void bare_start(void);

/* Splits the argument text into words at its spaces, then runs the program. */
void bare_start(void) {
    static char text[BARE_ARGUMENT_BYTES], *words[ARGUMENTS + 2] = {"bare"};
    char *rest;
    int count = 1;
    strlcpy(text, bare_argument(), sizeof text);
    for (char *word = strtok_r(text, " ", &rest); word != NULL && count <= ARGUMENTS; word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    bare_exit(main(count, words));
}
