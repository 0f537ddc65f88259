/* Code of the kernel that runs in user mode, in each process: exec is requests and answers like everything else. */
#include <errno.h>
#include <stdint.h>
#include <triplex/abi.h>
#include <triplex/elf.h>
#include <triplex/msg.h>

int32_t trap_call(uint32_t number, uint32_t d1, uint32_t d2, uint32_t d3, const void *a0, const void *a1);
int32_t exec_program(const char *path, const void *block, uint32_t block_bytes);
void load_data(uint32_t handle, uint8_t *to, uint32_t offset, uint32_t bytes);

#define HEAD_BYTES 512

/* All of one exchange; the answer's number is what ours was, so an answer to somebody else stays in the queue. */
static int32_t request(uint32_t k, struct msg *m, const void *data, uint32_t length, void *buffer, uint32_t size)
{
    int32_t number = trap_call(K_SEND, k, length, 0, m, data);

    if (number < 0)
        return number;
    trap_call(K_RECEIVE, k, size, number, m, buffer);
    return m->result;
}

static void clear(void *at, uint32_t bytes)
{
    for (uint8_t *p = at; bytes; bytes--)
        *p++ = 0;
}

static void close_handle(uint32_t handle)
{
    struct msg m;

    clear(&m, sizeof m);
    m.op = FILE_CLOSE;
    m.flags = MSG_ASYNC;
    m.a[0] = handle;
    trap_call(K_SEND, CH_FILE, 0, 0, &m, 0);
}

void load_data(uint32_t handle, uint8_t *to, uint32_t offset, uint32_t bytes)
{
    while (bytes) {
        uint32_t piece = bytes < PAGE_SIZE ? bytes : PAGE_SIZE;
        struct msg m;

        clear(&m, sizeof m);
        m.op = FILE_PREAD;
        m.a[0] = handle;
        m.a[1] = piece;
        m.a[2] = offset;
        if (request(CH_FILE, &m, 0, 0, to, piece) != (int32_t)piece)
            trap_call(K_EXIT, 126 << 8, 0, 0, 0, 0);
        to += piece;
        offset += piece;
        bytes -= piece;
    }
    close_handle(handle);
}

/* The plan from the first bytes of the file; 0 or -ENOEXEC. */
static int32_t plan_from(struct exec_plan *plan, const uint8_t *head, uint32_t length)
{
    const struct elf_header *elf = (const struct elf_header *)head;
    const struct elf_segment *s = (const struct elf_segment *)(head + sizeof *elf);

    if (length < sizeof *elf || elf->ident[0] != 0x7F || elf->ident[1] != 'E' || elf->ident[2] != 'L' ||
        elf->ident[3] != 'F' ||
        elf->ident[4] != 1 || elf->ident[5] != 2 || elf->type != 2 || elf->machine != 4 || elf->phoff != sizeof *elf ||
        elf->phentsize != sizeof *s || sizeof *elf + elf->phnum * sizeof *s > length)
        return -ENOEXEC;
    plan->entry = elf->entry;
    plan->stack_bytes = DEFAULT_STACK;
    plan->heap_bytes = DEFAULT_HEAP;
    for (; s < (const struct elf_segment *)(head + sizeof *elf) + elf->phnum; s++) {
        if (s->type == 4 && s->filesz >= 28 && s->offset <= length - 28) {
            const uint32_t *note = (const uint32_t *)(head + s->offset);

            plan->stack_bytes = note[5];
            plan->heap_bytes = note[6];
        }
        if (s->type != 1 || !s->memsz)
            continue;
        if (s->flags & 1) {
            plan->text_address = s->vaddr;
            plan->text_bytes = s->filesz;
            plan->text_offset = s->offset;
        } else {
            plan->data_address = s->vaddr;
            plan->data_bytes = s->filesz;
            plan->data_offset = s->offset;
            plan->data_memory = s->memsz;
        }
    }
    if (!plan->data_address)
        plan->data_address = (plan->text_address + plan->text_bytes + PAGE_SIZE - 1) & ~(uint32_t)(PAGE_SIZE - 1);
    return 0;
}

static void take_name(char *to, const char *path)
{
    const char *base = path;
    int i = 0;

    for (; *path; path++)
        if (*path == '/' && path[1])
            base = path + 1;
    for (; base[i] && i < 15; i++)
        to[i] = base[i];
    to[i] = 0;
}

int32_t exec_program(const char *path, const void *block, uint32_t block_bytes)
{
    uint32_t head[HEAD_BYTES / 4];
    struct exec_plan plan;
    struct msg m;
    uint32_t length = 0;
    int32_t result;

    while (path[length])
        length++;
    clear(&plan, sizeof plan);
    clear(head, sizeof head);
    clear(&m, sizeof m);
    m.op = FILE_EXEC_OPEN;
    result = request(CH_FILE, &m, path, length + 1, head, sizeof head);
    if (result < 0)
        return result;
    plan.handle = result;
    plan.inode = m.a[0];
    plan.generation = m.a[1];
    plan.block = (uint32_t)block;
    plan.block_bytes = block_bytes;
    take_name(plan.name, path);
    result = plan_from(&plan, (const uint8_t *)head, m.a[2] < HEAD_BYTES ? m.a[2] : HEAD_BYTES);
    if (!result) {
        clear(&m, sizeof m);
        m.op = PROC_EXEC;
        m.a[0] = (plan.text_bytes + plan.data_memory + plan.heap_bytes + plan.stack_bytes + block_bytes) / PAGE_SIZE +
            5;
        result = request(CH_PROC, &m, plan.name, sizeof plan.name, 0, 0);
    }
    if (result >= 0)
        result = trap_call(K_EXEC, 0, 0, 0, &plan, 0);
    close_handle(plan.handle);
    return result;
}
