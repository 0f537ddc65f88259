#ifndef TRIPLEX_ELF_H
#define TRIPLEX_ELF_H
/* What ROM, kernel and loader read of a 32-bit big-endian ELF file. Offsets are bytes from the start of the file. */
#include <stdint.h>

struct elf_header {
    uint8_t ident[16];
    uint16_t type, machine;
    uint32_t version, entry, phoff, shoff, flags;
    uint16_t ehsize, phentsize, phnum, shentsize, shnum, shstrndx;
};

struct elf_segment { uint32_t type, offset, vaddr, paddr, filesz, memsz, flags, align; };

#endif
