# Quoting, parameters, substitution, splitting, file names.
. ${0%/*}/tap.inc

is "double quotes keep blanks" "a  b" 'a  b'
is "single quotes keep dollars" '$x' "\$x"
is "backslash outside quotes" a\ \b "a b"
is "backslash in double quotes" "\a\"\\" '\a"\'
is "quotes join" a"b"'c'd abcd
is "line continuation" "a\
b" ab
x=value
is "parameter" $x value
is "parameter in braces" "${x}s" values
is "length" ${#x} 5
unset u
e=
is "default for unset" "${u:-none}" none
is "default for empty with colon" "${e:-none}" none
is "no default for empty without colon" "${e-none}" ""
is "alternative" "${x:+set}${u:+set}${e+set}" setset
is "assign default" "${u:=given}$u" givengiven
is "default may hold quotes" "${none:-"a b"}" "a b"
v=/usr/lib/foo.tar.gz
is "remove shortest suffix" ${v%.*} /usr/lib/foo.tar
is "remove longest suffix" ${v%%.*} /usr/lib/foo
is "remove shortest prefix" ${v#*/} usr/lib/foo.tar.gz
is "remove longest prefix" ${v##*/} foo.tar.gz
is "quoted pattern is text" "${v%'*'}" $v
is "pattern from variable" "$(p='.*'; echo ${v%%$p})" /usr/lib/foo
set -- one "two words" three
is "number of parameters" $# 3
is "quoted star joins" "$*" "one two words three"
count() { echo $#; }
is "quoted at keeps words" $(count "$@") 3
is "unquoted at splits" $(count $@) 4
is "quoted at with text around" "$(count "a$@b")" 3
is "second parameter" "$2" "two words"
shift
is "shift" "$1" "two words"
set --
is "empty at vanishes" $(count "$@") 0
is "empty string stays" $(count "" '') 2
set -- 1 2 3 4 5 6 7 8 9 10 11
is "parameter ten" "${10}${11} $10" "1011 10"
is "status" "$(false; echo $?)" 1
is "process id is a number" "${$##*[!0-9]*}" "$$"
is "substitution" "$(echo a; echo b)" "a
b"
is "substitution strips newlines" "$(echo a; echo; echo)" a
is "substitution splits" $(count $(echo a b c)) 3
is "backquotes" `echo x` x
is "nested backquotes" `echo \`echo deep\`` deep
is "nested substitution" "$(echo "$(echo "in quotes")")" "in quotes"
is "parenthesis in substitution" "$(case a in a) echo yes;; esac)" yes
is "here-document in substitution" "$(cat <<E
text $x
E
)" "text value"
is "arithmetic" $((2 + 3 * 4)) 14
IFS=:
y=a:b::c
is "split at colons" $(count $y) 4
y=":a:"
is "separator in front makes a field" $(count $y) 2
IFS=' :'
y='a : b'
is "blank and separator are one" $(count $y) 2
IFS=
y='a b'
is "empty IFS does not split" $(count $y) 1
unset IFS
y='  a   b  '
is "blanks are trimmed" "$(echo $y)" "a b"
IFS=,
set -- a b c
is "star joins with IFS" "$*" a,b,c
unset IFS
touch f1 f2 g1 .hidden 'sp ace'
is "star" "$(echo f*)" "f1 f2"
is "question mark" "$(echo ?1)" "f1 g1"
is "class" "$(echo [fg]1)" "f1 g1"
is "negated class" "$(echo [!f]1)" g1
is "no match stays" "$(echo q*)" 'q*'
is "quoted star" "$(echo 'f*' "f*" f\*)" 'f* f* f*'
is "hidden needs a dot" "$(echo .h*)" .hidden
is "name with blank is one word" $(count sp*) 1
p='f*'
is "star from a variable" "$(echo $p)" "f1 f2"
is "star from a quoted variable" "$(echo "$p")" 'f*'
set -f
is "noglob" "$(echo f*)" 'f*'
set +f
mkdir d
touch d/x d/y
is "star behind slash" "$(echo d/*)" "d/x d/y"
is "star before slash" "$(echo */x)" d/x
HOME=/some/where
is "tilde" "$(echo ~/x ~)" "/some/where/x /some/where"
is "quoted tilde" "$(echo "~")" '~'
a=~/b
is "tilde in assignment" $a /some/where/b
a=$x b=${a}2
is "assignments in order" $b value2
finish
