# The file server on the host: its own sources with the guest's headers, drives and clients with the host's.
file_trial := $(patsubst %.c,out/host/file/%.o,$(filter-out servers/file/main.c,$(wildcard servers/file/*.c)) \
  servers/lib/run.c servers/lib/format.c $(wildcard servers/file/test/*.c))
host_flags := -std=gnu11 -Wall -Wextra -Werror -O1 -g -fsanitize=undefined -fno-sanitize-recover
out/host/file/servers/file/test/%.o: servers/file/test/%.c
	@mkdir -p $(@D)
	$(HOSTCC) $(host_flags) -D_GNU_SOURCE -idirafter include -MMD -MP -c -o $@ $<
out/host/file/%.o: %.c
	@mkdir -p $(@D)
	$(HOSTCC) $(host_flags) -fno-builtin -nostdinc -Iinclude -MMD -MP -c -o $@ $<
out/host/file-server: $(file_trial)
	$(HOSTCC) $(host_flags) -o $@ $^
.PHONY: check-file
check-file: out/host/file-server
	@$<
check: check-file
-include $(file_trial:.o=.d)
