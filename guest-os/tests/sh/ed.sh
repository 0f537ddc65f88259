# The line editor.
. ${0%/*}/tap.inc

# edit TEXT WANTED: runs the commands on standard input over a file of five lines and compares what is printed.
edit() {
	printf 'one\ntwo\nthree\nfour\nfive\n' >file
	is "$1" "$(ed -s file 2>&1)" "$2"
}

edit "print" "two" <<E
2p
E
edit "range and last line" "four
five" <<'E'
4,$p
E
edit "number" "1	one" <<E
1n
E
edit "list" 'a\tb$' <<E
0a
a	b
.
l
E
edit "append" "one
new
two" <<E
1a
new
.
1,3p
E
edit "insert" "new
one" <<E
1i
new
.
1,2p
E
edit "change" "one
X
Y
four" <<E
2,3c
X
Y
.
1,4p
E
edit "delete" "one
four
3" <<E
2,3d
1,2p
=
E
edit "current line after a deletion" "four" <<E
3d
p
E
edit "substitute" "tXo" <<E
2s/w/X/p
E
edit "substitute all" "thrXX" <<E
3s/e/X/gp
E
edit "substitute the second" "threX" <<E
3s/e/X/2p
E
edit "ampersand and groups" "[two] owt" <<'E'
2s/\(t\)\(w\)\(o\)/[&] \3\2\1/p
E
edit "substitute empty matches" "-t-w-o-" <<'E'
2s/b*/-/gp
E
edit "join of one line does nothing" "5" <<'E'
2j
$=
E
edit "global on line 0" "?" <<E
0g/./p
E
edit "substitute splits a line" "t
o" <<'E'
2s/w/\
/
2,3p
E
edit "empty pattern is the last one" "twX" <<'E'
/o$/s//X/p
E
edit "search forwards and backwards" "three
two" <<'E'
/thr/
?w?
E
edit "search goes round" "four
one" <<'E'
4p
/one/
E
edit "offsets" "three
two
five" <<'E'
1+2p
-p
$p
E
edit "join" "onetwo" <<E
1,2jp
E
edit "move" "two
three
one" <<E
1m3
1,3p
E
edit "move up" "five
one" <<'E'
$m0
1,2p
E
edit "copy" "one
two
one" <<E
1t2
1,3p
E
edit "marks" "two
three" <<E
2ka
3kb
'a,'bp
E
edit "mark follows its line" "two" <<E
2ka
1d
'ap
E
edit "global" "two
four" <<E
g/o[u]*/s/^o/O/
g/[wu]/p
E
edit "global delete" "two
three
five" <<E
g/[nu]/d
1,\$p
E
edit "global inverted" "three
five" <<E
v/o/p
E
edit "global with several commands" "one!
three!" <<'E'
g/[nh]/s/$/!/\
p
E
edit "global append" "one
more" <<'E'
g/one/a\
more
1,2p
E
edit "reverse by global move" "five
four
three
two
one" <<E
g/^/m0
1,\$p
E
edit "undo" "one
two" <<E
1,3d
u
1,2p
E
edit "undo twice" "four
five
5" <<'E'
1,3d
u
u
1,$p
u
$=
E
edit "undo of a global command" "one
two
three
four
five" <<E
g/o/s//X/
u
1,\$p
E
edit "number of lines" "5" <<'E'
$=
E
edit "error" "?" <<E
9p
E
edit "help" "?
invalid address" <<E
9p
h
E
edit "shell" "hi" <<E
!echo hi
E
edit "semicolon sets the line" "two
three" <<E
2;+1p
E
edit "percent is the whole text" "5" <<'E'
%d
a
1
2
3
4
5
.
$p
E
printf 'a\nb\n' >w
ed -s w <<E
1s/a/X/
w
r w
w both
q
E
is "write" "$(cat w)" "X
b"
is "read" "$(cat both)" "X
b
X
b"
is "byte counts" "$(printf 'w\nq\n' | ed w)" "4
4"
is "quit warns once" "$(printf '1d\nq\nq\n' | ed -s w)" "?"
is "write a part" "$(printf '1w part\nq\n' | ed -s w; cat part)" X
is "write to a command" "$(printf 'w !cat\nq\n' | ed -s w)" "X
b"
is "read a command" "$(printf 'r !echo out\n$p\nQ\n' | ed -s w)" out
is "append to a file" "$(printf '1W part\nq\n' | ed -s w; wc -l <part)" 2
is "file name" "$(printf 'f other\nf\nQ\n' | ed -s w)" "other
other"
finish
