# `make archive`: out/guest.tar.gz, all that boots and all that is on the system disk. `make install`: into the Java
# build, so that the next start of Triplex boots it.
SHIPPED := ../disk-images/src/main/resources/triplex/disk/guest.tar.gz
.PHONY: archive install
archive: out/guest.tar.gz
out/host/bundle: pack/bundle.c include/triplex/boot.h
	@mkdir -p $(@D)
	$(HOSTCC) -std=gnu11 -O1 -Wall -Wextra -Werror -o $@ $<
out/guest.tar.gz: $(images) out/host/bundle pack/pack pack/tree $(shell find etc tests/sh -type f)
	pack/pack $(CROSS)strip
install: out/guest.tar.gz
	@mkdir -p $(dir $(SHIPPED))
	cmp -s $< $(SHIPPED) || cp $< $(SHIPPED)
