# The servers on the host: each with a k_call() that keeps what it sends (lib/trial.h).
trials := $(patsubst servers/%/test/,%,$(sort $(dir $(wildcard servers/*/test/*_test.c))))
check: $(trials:%=check-%)
.PHONY: $(trials:%=check-%)
$(trials:%=check-%): check-%: out/host/%-trial
	@echo "server $*"
	@$<
.SECONDEXPANSION:
out/host/%-trial: $$(wildcard servers/$$*/*.[ch] servers/$$*/test/*.c servers/lib/*.h include/*/*.h)
	@mkdir -p $(@D)
	$(HOSTCC) -std=gnu11 -Wall -Wextra -Werror -O1 -g -fno-builtin -nostdinc -Iinclude -o $@ \
	  $(filter-out %/main.c,$(filter %.c,$^))
