# Builtin commands: arithmetic, test, printf, echo, read, getopts and the small ones.
. ${0%/*}/tap.inc

is "precedence" "$((1 + 2 * 3)) $(((1 + 2) * 3)) $((7 - 2 - 1))" "7 9 4"
is "division and remainder" "$((7 / 2)) $((-7 / 2)) $((7 % 3)) $((-7 % 3))" "3 -3 1 -1"
is "shifts" "$((1 << 4)) $((256 >> 3))" "16 32"
is "bits" "$((12 & 10)) $((12 | 3)) $((12 ^ 10)) $((~0))" "8 15 6 -1"
is "comparisons" "$((1 < 2))$((2 <= 1))$((2 == 2))$((2 != 2))$((3 > 2))$((2 >= 3))" 101010
is "logic" "$((1 && 0))$((1 || 0))$((!5))$((!0))" 0101
is "short circuit" "$((0 && (q = 1)))${q-unset}" 0unset
is "conditional" "$((1 ? 2 : 3))$((0 ? 2 : 3))" 23
n=5
is "variables" "$((n + 1)) $(($n + 1))" "6 6"
is "assignment" "$((n = 8))$n" 88
is "compound assignment" "$((n += 2)) $((n -= 1)) $((n *= 2)) $((n <<= 1)) $((n |= 1)) $((n %= 8))" "10 9 18 36 37 5"
is "increment" "$((n++)) $((++n)) $((n--)) $((--n))" "5 7 7 5"
w='no number'
is "assignment over a text" $((w = 3)) 3
is "comma" $((n = 1, n + 1)) 2
is "octal and hexadecimal" "$((010)) $((0x1F))" "8 31"
is "unset is 0" $((nothing + 0)) 0
e='2 + 3'
is "variable with an expression" $((e * 2)) 10
fails "division by zero" 2 'echo $((1 / 0))'
fails "bad expression" 2 'echo $((1 +))'

t() { if test "$@"; then echo -n y; else echo -n n; fi; }
touch file
mkdir dir
echo x >full
is "test -e -f -d" "$(t -e file; t -f file; t -d file; t -d dir; t -e none)" yynyn
is "test -s -r -w" "$(t -s file; t -s full; t -r file; t -w file)" nyyy
is "test -x" "$(t -x file; chmod +x file; t -x file)" ny
is "test -z -n" "$(t -z ""; t -n ""; t -n a; t -z a)" ynyn
is "test of one word" "$(t ""; t a; t)" nyn
is "test = !=" "$(t a = a; t a = b; t a != b)" yny
is "test of numbers" "$(t 1 -eq 01; t 1 -ne 1; t 1 -lt 2; t 2 -le 2; t 3 -gt 4; t 3 -ge 3)" ynyyny
is "test ! -a -o" "$(t ! a = b; t a = a -a b = c; t a = b -o c = c)" yny
is "test with parentheses" "$(t \( a = b -o c = c \) -a d = d)" y
is "test of operators as words" "$(t -n = -n; t = = =; t ! = x)" yyn
ln -s file link
is "test -h" "$(t -h link; t -h file)" yn
[ a = a ]
is "bracket" $? 0
fails "bracket not closed" 2 "[ a = a"
fails "test of a non-number" 2 "test a -eq 1"

is "echo -n" "$(echo -n a; echo b)" ab
is "echo with escapes" "$(echo 'a\tb\0101\c'; echo)" "a	bA"
is "printf numbers" "$(printf '%d %5d|%-5d|%05d %x %o %X' 1 2 3 4 255 8 171)" "1     2|3    |00004 ff 10 AB"
is "printf strings" "$(printf '%s|%5s|%-5s|%.2s' a b c def)" "a|    b|c    |de"
is "printf again for more operands" "$(printf '%s-%s\n' a b c)" "a-b
c-"
is "printf escapes" "$(printf 'a\tb\\\101%%')" 'a	b\A%'
is "printf %b %c" "$(printf '%b%c' 'x\n' yes)" "x
y"
is "printf with a star" "$(printf '%*d' 4 7)" "   7"
fails "printf with a bad number" 1 "printf %d abc"

echo "a b  c d" | { read x y; is "read splits" "$x|$y" "a|b  c d"; }
checks=$((checks + 1))
is "read of a backslash" "$(printf 'a\\\\b\n' | { read x; printf %s "$x"; })" 'a\b'
is "read -r" "$(printf 'a\\\\b\n' | { read -r x; printf %s "$x"; })" 'a\\b'
is "read at the end" "$(printf 'last' | { read x; echo "$?$x"; })" 1last
is "read with IFS" "$(echo a:b:c | { IFS=: read x y; echo "$x $y"; })" "a b:c"
printf '1\n2\n' >two
is "read leaves the rest" "$( { read x; cat; } <two)" 2

opts() {
	out=
	while getopts ab:c o "$@"; do out="$out$o$OPTARG,"; done
	shift $((OPTIND - 1))
	echo "$out$*"
	OPTIND=1
}
is "getopts" "$(opts -a -b val -c rest)" "a,bval,c,rest"
is "getopts joined" "$(opts -abval x)" "a,bval,x"
is "getopts with two dashes" "$(opts -a -- -b)" "a,-b"
is "getopts unknown" "$(opts -z 2>/dev/null)" "?,"

is "cd and pwd" "$(cd dir; pwd)" "$work/dir"
is "cd -" "$(cd dir; cd - >/dev/null; pwd)" $work
fails "cd to nowhere" 1 "cd none"
is "umask" "$(umask 027; umask)" 0027
export E=exported
N=not
is "export" "$(sh -c 'echo $E$N')" exported
is "assignment for one command" "$(N=now sh -c 'echo $N')$N" nownot
unset E
is "unset" "${E-gone}" gone
readonly R=1
(R=2) 2>/dev/null
is "readonly" $? 2
is "type" "$(type cd)" "cd is a shell builtin"
is "command -v" "$(command -v nosuch; echo $?)" 127
is "command skips functions" "$(echo() { :; }; command echo x)" x
is "colon" "$(: ignored; echo $?)" 0
is "exec replaces" "$(exec echo a; echo b)" a
is "exit in a subshell" "$( (exit 9); echo $?)" 9
set -- a b c
shift 2
is "shift 2" "$*" c
fails "shift too far" 2 "set -- a; shift 2"
is "set --" "$(set -- -x; echo $1)" -x
is "dollar minus" "$(set -f; case $- in *f*) echo f;; esac)" f
finish
