#include "kernel.h"

/* An interpreter of a small stack machine: one switch per instruction. Its program counts Collatz steps. */
enum operation { PUSH, LOAD, STORE, ADD, MULTIPLY, HALF, ODD, EQUAL, LESS, JUMP, BRANCH, STOP };

static const unsigned char program[] = {
    PUSH, 0, STORE, 1,           /* steps = 0 */
    LOAD, 0, PUSH, 1, EQUAL, BRANCH, 38,
    LOAD, 1, PUSH, 1, ADD, STORE, 1,
    LOAD, 0, ODD, BRANCH, 30,
    LOAD, 0, HALF, STORE, 0, JUMP, 4,
    LOAD, 0, PUSH, 3, MULTIPLY, JUMP, 39,
    0,
    STOP,
    PUSH, 1, ADD, STORE, 0, JUMP, 4,
};

static uint32_t run(uint32_t start, uint32_t *instructions) {
    uint32_t stack[16], variable[4] = {start}, *top = stack;
    const unsigned char *next = program;
    for (;;) {
        ++*instructions;
        switch ((enum operation)*next++) {
        case PUSH: *top++ = *next++; break;
        case LOAD: *top++ = variable[*next++]; break;
        case STORE: variable[*next++] = *--top; break;
        case ADD: top--; top[-1] += top[0]; break;
        case MULTIPLY: top--; top[-1] *= top[0]; break;
        case HALF: top[-1] >>= 1; break;
        case ODD: top[-1] &= 1; break;
        case EQUAL: top--; top[-1] = top[-1] == top[0]; break;
        case LESS: top--; top[-1] = top[-1] < top[0]; break;
        case JUMP: next = program + *next; break;
        case BRANCH:
            if (*--top) next = program + *next;
            else next++;
            break;
        case STOP: return variable[1];
        }
    }
}

int main(int argc, char **argv) {
    int rounds = kernel_rounds(argc, argv, 650);
    uint32_t sum = 0, instructions = 0;
    for (int round = 1; round <= rounds; round++) sum = kernel_mix(sum, run((uint32_t)round, &instructions));
    printf("bytecode %08x\n", (unsigned)kernel_mix(sum, instructions));
    return 0;
}
