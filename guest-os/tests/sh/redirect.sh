# Redirections, here-documents, descriptors.
. ${0%/*}/tap.inc

echo one >f
is "output" "$(cat f)" one
echo two >>f
is "append" "$(cat f)" "one
two"
is "input" "$(cat <f)" "one
two"
echo three >f
is "output truncates" "$(cat f)" three
is "redirection in front" "$(<f cat)" three
>empty
is "redirection alone" "$(wc -c <empty)" 0
is "standard error to output" "$(ls /nonexistent 2>&1 >/dev/null | wc -l)" 1
is "order of duplications" "$( { echo out; echo err >&2; } 2>&1 >/dev/null)" err
{ echo a; echo b; } >f
is "redirected group" "$(cat f)" "a
b"
if true; then echo c; fi >f
is "redirected if" "$(cat f)" c
is "here-document" "$(cat <<E
plain
E
)" plain
x=val
is "expansion in here-document" "$(cat <<E
$x "$x" \$x $(echo sub) $((1 + 1))
E
)" 'val "val" $x sub 2'
is "quoted here-document" "$(cat <<'E'
$x `no` \
E
)" '$x `no` \'
is "tabs stripped" "$(cat <<-E
	a
		b
	E
)" "a
b"
is "two here-documents" "$(cat <<A; cat <<B
1
A
2
B
)" "1
2"
is "here-document in a function" "$(f() { cat <<E
$1
E
}; f arg)" arg
i=0
while [ $i -lt 100 ]; do
	echo "line $i of a here-document that does not fit into a pipe"
	i=$((i + 1))
done >long
{ echo 'cat <<E'; cat long; echo E; } >script
is "long here-document" "$(sh script | cmp - long && echo same)" same
exec 3>f
echo to3 >&3
exec 3>&-
is "descriptor opened by exec" "$(cat f)" to3
exec 4<f
read line <&4
is "read from a descriptor" $line to3
exec 4<&-
(echo x >&4) 2>/dev/null
is "closed descriptor" $? 1
f2() { echo out; }
f2 >f
is "redirected function" "$(cat f)" out
echo back
is "output is back after a redirected builtin" "$(echo z >f; echo y)" y
is "both ways" "$(echo in >f; cat <>f)" in
set -C
(echo no >f) 2>/dev/null
is "noclobber" "$?$(cat f)" 1in
echo yes >|f
is "noclobber overridden" "$(cat f)" yes
set +C
fails "input file missing" 1 "cat <none"
fails "output into a missing directory" 1 "echo x >none/f"
is "failed redirection does not run the command" "$(echo ran <none 2>/dev/null)" ""
is "name from an expansion" "$(n=f; echo via >$n; cat f)" via
finish
