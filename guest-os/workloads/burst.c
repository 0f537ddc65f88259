/*
 * Many requests at once, as many as the window lets through; the answers must come in the order of the requests.
 */
#include <stdio.h>
#include <string.h>
#include <triplex/sys.h>

#define ROUNDS 12
#define WINDOW 32

static struct msg m;

static int32_t ask(void)
{
    memset(&m, 0, sizeof m);
    m.op = PROC_TIME;
    return k_call(K_SEND, CH_PROC, 0, 0, 0, &m, 0, 0);
}

int main(void)
{
    int32_t first = 0;

    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < WINDOW; i++) {
            int32_t number = ask();

            if (i == 0)
                first = number;
            if (number != first + i) {
                printf("round %d: request %d is number %ld\n", round, i, (long)number);
                return 1;
            }
        }
        int32_t more = ask();
        if (more >= 0) {
            printf("round %d: a request more than the window holds is number %ld\n", round, (long)more);
            return 1;
        }
        for (int i = 0; i < WINDOW; i++) {
            k_call(K_RECEIVE, CH_PROC, 0, 0, 0, &m, 0, 0);
            if (m.re != (uint32_t)first + i) {
                printf("round %d: answer %d is to %lu\n", round, i, (unsigned long)m.re);
                return 1;
            }
        }
    }
    printf("all in order\n");
    return 0;
}
