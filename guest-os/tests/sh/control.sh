# Lists, loops, functions, case, subshells, set -e.
. ${0%/*}/tap.inc

is "if true" "$(if true; then echo yes; else echo no; fi)" yes
is "elif" "$(if false; then echo 1; elif true; then echo 2; else echo 3; fi)" 2
is "else" "$(if false; then echo 1; elif false; then echo 2; else echo 3; fi)" 3
if false; then :; fi
is "if without a branch taken is 0" $? 0
is "for" "$(for i in a b c; do echo -n $i; done)" abc
is "for over nothing" "$(for i in; do echo x; done)" ""
set -- p q
is "for without in" "$(for i; do echo -n $i; done)" pq
is "while" "$(i=0; while [ $i -lt 3 ]; do echo -n $i; i=$((i + 1)); done)" 012
is "until" "$(i=0; until [ $i -ge 3 ]; do echo -n $i; i=$((i + 1)); done)" 012
is "break" "$(for i in 1 2 3; do [ $i = 2 ] && break; echo -n $i; done)" 1
is "continue" "$(for i in 1 2 3; do [ $i = 2 ] && continue; echo -n $i; done)" 13
is "break 2" "$(for i in 1 2; do for j in 1 2; do break 2; echo x; done; done; echo end)" end
is "continue 2" "$(for i in 1 2; do for j in 1 2; do echo -n $i$j; continue 2; done; done)" 1121
is "loop in a pipe" "$(printf 'a\nb\n' | while read l; do echo -n "<$l>"; done)" "<a><b>"
is "loop with redirection" "$(while read l; do echo -n "$l,"; done <<E
1
2
E
)" "1,2,"
is "case" "$(case hello in h*o) echo 1;; *) echo 2;; esac)" 1
is "case with alternatives" "$(case b in a|b) echo ab;; esac)" ab
is "case with parenthesis" "$(case x in (x) echo p;; esac)" p
is "case with class" "$(case q in [a-f]) echo 1;; [!a-f]) echo 2;; esac)" 2
is "case with quoted star" "$(case ab in 'a*') echo 1;; *) echo 2;; esac)" 2
case zzz in a) false;; esac
is "case without match is 0" $? 0
f() { echo "$# $1"; return 5; }
is "function arguments" "$(f 'a b' c)" "2 a b"
f >/dev/null
is "function status" $? 5
x=outer
g() { local x=inner; h; }
h() { echo $x; }
is "local is seen below" "$(g)" inner
g >/dev/null
is "local ends with its function" $x outer
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1 - 1))))); fi; }
is "recursion" $(fact 6) 720
k() { echo one; k() { echo two; }; }
is "function that redefines itself" "$(k; k)" "one
two"
set -- keep
j() { set -- other; }
j
is "parameters are kept around a call" $1 keep
i() ( x=sub; echo $x )
is "function with a subshell body" "$(i)$x" subouter
r() { for n in 1 2 3; do [ $n = 2 ] && return $n; done; }
r
is "return out of a loop" $? 2
is "and" "$(true && echo t; false && echo f)" t
is "or" "$(true || echo t; false || echo f)" f
is "and or from the left" "$(false && echo a || echo b)" b
is "negation" "$(if ! false; then echo n; fi)" n
! true
is "status of negation" $? 1
is "group" "$({ echo a; echo b; } | wc -l)" 2
x=1
(x=2; exit 3)
is "status of a subshell" $? 3
is "subshell changes nothing" $x 1
{ x=4; }
is "group changes variables" $x 4
is "pipe" "$(echo abc | cat | cat)" abc
false | true
is "status of a pipe is its last" $? 0
true | (exit 7)
is "status of the last of a pipe" $? 7
is "comment" "$(echo a # b
)" a
is "semicolons and newlines" "$(echo a; echo b
echo c)" "a
b
c"
is "set -e ends" "$(set -e; false; echo no)" ""
is "set -e not in if" "$(set -e; if false; then :; fi; echo yes)" yes
is "set -e not in and" "$(set -e; false && :; echo yes)" yes
is "set -e not in a function that is looked at" "$(set -e; f() { false; echo yes; }; f || :)" yes
is "set -u" "$( (set -u; echo $nothing; echo no) 2>/dev/null)" ""
is "set -x" "$( (set -x; echo a) 2>&1)" "+ echo a
a"
is "eval" "$(a='echo $b'; b=deep; eval $a)" deep
eval 'false'
is "status of eval" $? 1
echo 'v=fromfile; return 4; v=no' >script
. ./script
is "dot and return" "$?$v" 4fromfile
echo 'echo "$0 $1 $#"' >script
is "script with arguments" "$(sh script a b)" "script a 2"
is "sh -c with arguments" "$(sh -c 'echo $0 $1' name arg)" "name arg"
chmod +x script
is "script without interpreter line" "$(./script z)" "./script z 1"
is "script from standard input" "$(echo 'echo hi' | sh)" hi
echo 'read x; echo "got $x"
data
echo end' >script
is "read takes the script's own next line" "$(sh <script)" "got data
end"
is "read takes the next line from a pipe" "$(printf 'read x\ndata\necho "got $x"\n' | sh)" "got data"
nosuchcommand 2>/dev/null
is "unknown command" $? 127
echo text >plain
./plain 2>/dev/null
is "file that may not be run" $? 126
d() { d; }
fails "endless recursion" 2 "d"
is "nested expression" "$(e=1; i=0; while [ $i -lt 40 ]; do e="($e)"; i=$((i + 1)); done; echo $(($e)))" 1
e='echo deep'
i=0
while [ $i -lt 3000 ]; do e="($e)"; i=$((i + 1)); done
fails "endless nesting" 2 'eval "$e"'
fails "syntax error" 2 "sh -c 'if true; fi'"
fails "unterminated quote" 2 "sh -c 'echo \"a'"
fails "missing script" 127 "sh ./none"
finish
