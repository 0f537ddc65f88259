#ifndef TRIPLEX_SYS_H
#define TRIPLEX_SYS_H
/*
 * Triplex/OS beyond POSIX, for programs. All return >= 0, or -1 with errno.
 */
#include <stddef.h>
#include <sys/types.h>
#include <triplex/abi.h>
#include <triplex/msg.h>

/* Traps. k_call passes d1, d2, d3, d4, a0, a1; answers d0; *d1_out (if not 0) gets d1. */
int32_t k_call(int number, uint32_t d1, uint32_t d2, uint32_t d3, uint32_t d4, const void *a0, const void *a1,
               uint32_t *d1_out);

/*
 * One request and its answer on own channel k. m: request in, answer out. Data out of `data`/`length`; the answer's
 * data goes into `buffer` (cut to `size`), its length to *got. Returns m->result, >= 0 or -errno (errno is not
 * touched).
 */
int32_t rpc(int k, struct msg *m, const void *data, size_t length, void *buffer, size_t size, uint32_t *got);

/* Lists all processes in order of pid: up to n entries from pid `from` on. */
int proc_list(int from, struct proc_info *list, int n);
int board_list(struct board_info *list, int n);
/* What the kernel of the board in `slot` has of processes and backups, and its log of losses (at most PAGE_SIZE bytes);
 * their number. */
int pair_list(int slot, struct pair_info *list, int n);
int loss_list(int slot, struct loss_info *list, int n);
/*
 * How the caller, and what it will fork, is backed. In: mode (FT_..., 0 keeps it) and limits of reads and slices
 * between two syncs (0 keeps them, FT_SYSTEM: the system's); of_system: limits of the system instead (root).
 * Out: what is in
 * force, limits 0 meaning the system's.
 */
struct backing { uint32_t mode, reads, slices, system_reads, system_slices; };
int backing_set(struct backing *b, int of_system);
int kern_stats(struct kern_stats *stats);
/* Runs a program on the board in `slot`, as a child of the caller; the pid. */
pid_t spawn_on(int slot, const char *path, char *const argv[], char *const envp[]);
/* Syncs and switches the machine off. */
int power_off(void);
#endif
