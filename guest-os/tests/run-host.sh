#!/bin/sh
# Builds the shell and the commands with the host's compiler and runs tests/sh with them: run-host.sh [NAME ...].
# What needs the Triplex kernel (ps, boards, msgstat, on, poweroff, halt, init) is not built here, and
# system.sh, which tests it, not run.
# Status 0 when every check passed.
here=$(cd "$(dirname "$0")" && pwd)
bin=$here/../out/host/bin
flags='-std=gnu11 -Wall -Wextra -Werror -O1 -g'
mkdir -p "$bin" || exit 1
cd "$here/../cmd" || exit 1

build() {
	name=$1
	shift
	if [ -n "$(find "$bin/$name" -newer cmd.h 2>/dev/null)" ]; then
		newer=$(find "$@" sh/*.c sh/*.h -newer "$bin/$name" | head -n 1)
		[ -z "$newer" ] && return
	fi
	${HOSTCC:-cc} $flags $HOSTFLAGS -o "$bin/$name" "$@" || exit 1
}

for file in *.c; do
	name=${file%.c}
	case $name in
	ps | boards | msgstat | on | poweroff | halt | init | costs) ;;
	*) build "$name" "$file" ;;
	esac
done
for folder in */; do
	build "${folder%/}" "$folder"*.c
done

result=0
for test in "$here"/sh/*.sh; do
	name=$(basename "$test" .sh)
	[ $name = system ] && continue
	case " $* " in
	"  " | *" $name "*) ;;
	*) continue ;;
	esac
	output=$(env -i PATH="$bin" HOME=/ "$bin/sh" "$test" 2>&1)
	code=$?
	if [ $code -eq 0 ]; then
		echo "$name: $(echo "$output" | grep -c '^ok') checks passed"
	else
		echo "$name: status $code"
		echo "$output" | grep -v '^ok'
		result=1
	fi
done
exit $result
