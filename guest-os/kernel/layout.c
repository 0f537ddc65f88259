/*
 * The layout note: where debuggers and checkers find what in the kernel's tables. Lines of text in
 * .note.triplex.layout:
 *   field STRUCT FIELD OFFSET BYTES      array SYMBOL STRUCT COUNT STRIDE
 */
#include "kernel.h"

#define FIELD(type, field) \
    __asm__ volatile(".pushsection .note.triplex.layout\n" \
                     ".ascii \"field " #type " " #field " %c0 %c1\\n\"\n.popsection" \
                     : : "i"(offsetof(struct type, field)), "i"(sizeof(((struct type *)0)->field)))
#define ARRAY(symbol, type, count) \
    __asm__ volatile(".pushsection .note.triplex.layout\n" \
                     ".ascii \"array " #symbol " " #type " %c0 %c1\\n\"\n.popsection" \
                     : : "i"(count), "i"(sizeof(struct type)))

void layout_note(void)
{
    ARRAY(processes, process, MAX_PROCESS);
    FIELD(process, regs);
    FIELD(process, queue);
    FIELD(process, pid);
    FIELD(process, ppid);
    FIELD(process, euid);
    FIELD(process, context);
    FIELD(process, state);
    FIELD(process, server);
    FIELD(process, data);
    FIELD(process, brk);
    FIELD(process, stack_low);
    FIELD(process, sent);
    FIELD(process, read);
    FIELD(process, sig_pending);
    FIELD(process, sig_mask);
    FIELD(process, backing);
    FIELD(process, backup);
    FIELD(process, rolling);
    FIELD(process, name);
    FIELD(message, next);
    FIELD(message, commit);
    FIELD(message, channel);
    FIELD(message, length);
    FIELD(message, msg);
    FIELD(msg, pid);
    FIELD(msg, op);
    FIELD(msg, re);
    FIELD(msg, result);
    ARRAY(ends, end, ENDS);
    FIELD(end, channel);
    FIELD(end, sent);
    FIELD(end, read);
    ARRAY(known_table, known, KNOWN);
    FIELD(known, channel);
    FIELD(known, sender);
    FIELD(known, sent);
}
