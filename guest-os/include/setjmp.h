#ifndef SETJMP_H
#define SETJMP_H

/* d2-d7, a2-a7, the return address, the call that was waiting, the signal mask and whether it is kept. */
typedef long jmp_buf[16];
typedef long sigjmp_buf[16];

__attribute__((returns_twice)) int setjmp(jmp_buf environment);
_Noreturn void longjmp(jmp_buf environment, int value);
__attribute__((returns_twice)) int sigsetjmp(sigjmp_buf environment, int save_mask);
_Noreturn void siglongjmp(sigjmp_buf environment, int value);

#endif
