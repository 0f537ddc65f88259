# The checks of the C library that run on the host, in seconds: the library's portable sources are compiled natively
# with the guest's headers, joined, and every name in them gets the prefix "t_", so that they stand beside the host's
# own library. Undefined behaviour traps.
HOST := out/host
HOST_CFLAGS := -std=gnu11 -O1 -g -Wall -Wextra -Werror -fno-pic -fno-stack-protector -fsanitize=undefined \
  -fsanitize-undefined-trap-on-error
HOST_FREESTANDING := -ffreestanding -fno-builtin -fno-tree-loop-distribute-patterns \
  -fno-asynchronous-unwind-tables -nostdinc -Iinclude
host_sources := $(filter-out %.S,$(free_sources)) $(wildcard libc/stdio/*.c libc/stdlib/*.c libc/posix/*.c)
host_checks := $(patsubst libc/check/%_check.c,%,$(wildcard libc/check/*_check.c))

$(HOST)/libc/%.o: libc/%.c
	@mkdir -p $(@D)
	$(HOSTCC) $(HOST_CFLAGS) $(HOST_FREESTANDING) -MMD -MP -c -o $@ $<
$(HOST)/library.o: $(patsubst %.c,$(HOST)/%.o,$(host_sources)) $(O)/sources
	ld -r -o $@ $(filter %.o,$^)
	objcopy --prefix-symbols=t_ $@
$(HOST)/%_check: libc/check/%_check.c libc/check/tap.h libc/check/system.c $(HOST)/library.o
	$(HOSTCC) $(HOST_CFLAGS) -Wno-format -no-pie -o $@ $< libc/check/system.c $(HOST)/library.o -lm

check: $(host_checks:%=$(HOST)/%_check)
	@for name in $(host_checks); do $(HOST)/$${name}_check || exit 1; done

-include $(shell find $(HOST) -name '*.d' 2>/dev/null)

# The same arithmetic by the host's processor and by 68000 code: bare/checks/NAME.expected is what the host prints. With
# QEMU installed the 68000 code runs on its board here; `triplex run` runs it anywhere.
bare_checks := $(patsubst bare/checks/%.c,%,$(wildcard bare/checks/*.c))
QEMU := $(shell command -v qemu-system-m68k)
$(HOST)/checks/%: bare/checks/%.c
	@mkdir -p $(@D)
	$(HOSTCC) -std=gnu11 -O1 -D_GNU_SOURCE -ffp-contract=off -fwrapv -o $@ $<
.PHONY: $(bare_checks:%=bare-check-%)
$(bare_checks:%=bare-check-%): bare-check-%: $(HOST)/checks/% $(if $(QEMU),out/virt/checks/%)
	@$< | diff bare/checks/$*.expected - || { echo "host disagrees with bare/checks/$*.expected"; exit 1; }
	@$(if $(QEMU),timeout 60 $(QEMU) -M virt -cpu m68000 -kernel out/virt/checks/$* -nographic -serial mon:stdio \
	  </dev/null | diff bare/checks/$*.expected - && echo "$*: 68000 code agrees",echo "$*: no QEMU, not run")
check: $(bare_checks:%=bare-check-%)
