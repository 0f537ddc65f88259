# Wrong use: a usage message on standard error and status 2; a missing file: status 1 and its name.
. ${0%/*}/tap.inc

for command in "cat -Z" "cp" "cp a" "mv" "mv a" "rm" "rm -Z" "mkdir" "rmdir" "ln" "ls -Z" "wc -Z" "grep" "sort -Z" \
	"sort -k 0" "uniq -Z" "uniq a b c" "tee -Z" "head -Z" "head -n x" "tail -n x" "date -Z" "date 99" "sleep" \
	"sleep x" "kill" "kill -NOSUCH 1" "df -Z" "stat" "touch" "touch -t 1 f" "chmod" "chmod 644" "chmod zzz ." "chown" \
	"ed -Z" "uname -Z" "env -Z" "basename" "dirname" "tr" "tr a" "cut" "cut -Z" "cmp" "cmp a" "seq" "seq x" "expr" \
	"find . -type" "find . -exec x" "du -Z" "od -Z" "hexdump -Z" "xargs -Z" "id -Z" "whoami x" "time" \
	"pwd x" "sync x" "printf" "more -Z" "seq 1 0 5" "sh -Z"
do
	fails "usage of $command" 2 "env $command </dev/null"
done

for command in "cat none" "cp none x" "mv none x" "rm none" "rmdir none" "ln none x" "ls none" "wc none" "uniq none" \
	"head none" "tail none" "stat none" "chmod 644 none" "touch none/x" "mkdir none/x" "cut -c 1 none" "du none" \
	"od none" "hexdump none" "find none" "df none" "more none" "chown 0 none"
do
	fails "missing file: $command" 1 "env $command </dev/null"
	is "message of $command" "$(env $command 2>&1 </dev/null | grep -v '^Path' | grep -c "^${command%% *}: none.*: ")" 1
done
fails "grep of a missing file" 2 "grep x none"
fails "sort of a missing file" 2 "sort none"
fails "cmp of a missing file" 2 "cmp none none"
finish
