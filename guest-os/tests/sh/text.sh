# Commands that work on text.
. ${0%/*}/tap.inc

printf 'banana\napple\ncherry\napple\n' >fruit
is "cat of two files" "$(cat fruit fruit | wc -l)" 8
is "cat - reads standard input" "$(echo in | cat - fruit | head -n 1)" in
is "wc" "$(wc fruit)" "      4       4      26 fruit"
is "wc -l" "$(wc -l <fruit)" 4
is "wc -w -c" "$(printf 'a b\nc' | wc -w) $(printf 'a b\nc' | wc -c)" "3 5"
is "grep" "$(grep an fruit)" banana
is "grep -n" "$(grep -n '^a' fruit)" "2:apple
4:apple"
is "grep -c" "$(grep -c apple fruit)" 2
is "grep -v" "$(grep -v apple fruit)" "banana
cherry"
is "grep -i" "$(grep -i BAN fruit)" banana
is "grep -l" "$(echo none >other; grep -l apple fruit other)" fruit
is "grep names files" "$(grep ch fruit other)" fruit:cherry
grep -q zebra fruit
is "grep without match" $? 1
is "grep with an expression" "$(grep '^b.*na$' fruit)" banana
is "grep with a group" "$(grep '\(an\)\1' fruit)" banana
is "grep -w" "$(printf 'cat\nconcat\n' | grep -w cat)" cat
is "grep -x" "$(printf 'ab\nabc\n' | grep -x ab)" ab
is "grep -F" "$(printf 'a.c\nabc\n' | grep -F a.c)" a.c
is "grep -e twice" "$(grep -e ban -e che fruit)" "banana
cherry"
fails "grep with a bad expression" 2 "grep '\\(' fruit"
is "sort" "$(sort fruit)" "apple
apple
banana
cherry"
is "sort -r -u" "$(sort -r -u fruit)" "cherry
banana
apple"
is "sort -n" "$(printf '10\n9\n-1\n2.5\n' | sort -n)" "-1
2.5
9
10"
is "sort -k" "$(printf 'a 3\nb 1\nc 2\n' | sort -k 2)" "b 1
c 2
a 3"
is "sort -t -k -n" "$(printf 'x:10:b\ny:9:a\n' | sort -t : -k 2,2n)" "y:9:a
x:10:b"
is "sort -k with reverse" "$(printf 'a 1\nb 2\n' | sort -k 2,2nr)" "b 2
a 1"
is "sort -o to its own input" "$(cp fruit s; sort -o s s; head -n 1 s)" apple
is "sort -u by key keeps the first" "$(printf 'a 1\nb 1\n' | sort -u -k 2,2)" "a 1"
sort -c fruit 2>/dev/null
is "sort -c" $? 1
seq 6000 -1 1 >down
seq 1 6000 >up
is "sort of more than memory" "$(sort -n down | cmp - up && echo same)" same
is "runs are removed" "$(echo /tmp/sort*)" "/tmp/sort*"
printf 'b\000z\nb\000\001\nb\nb\000\000\n\001\n' >nul
is "sort keeps NUL bytes" "$(echo $(sort nul | od -A n -b))" \
	"001 012 142 012 142 000 000 012 142 000 001 012 142 000 172 012"
sort nul >nul.sorted
is "sort -c with NUL bytes" "$(sort -c nul.sorted 2>&1; echo $?) $(sort -c nul 2>/dev/null; echo $?)" "0 1"
is "wc counts NUL bytes" "$(echo $(wc nul))" "5 5 16 nul"
is "grep prints the whole line" "$(grep b nul | cmp - nul 2>&1)" "cmp: EOF on -"
is "cat, head, tail, tr and uniq keep NUL bytes" \
	"$(for c in cat 'head -n 9' 'tail -n 9' 'tr x x' uniq; do eval "$c" <nul | cmp - nul && echo same; done | uniq -c | tr -d ' ')" 5same
is "uniq" "$(sort fruit | uniq)" "apple
banana
cherry"
is "uniq -c" "$(sort fruit | uniq -c | head -n 1)" "      2 apple"
is "uniq -d -u" "$(sort fruit | uniq -d) $(sort fruit | uniq -u | wc -l)" "apple 2"
is "head" "$(seq 20 | head | tail -n 1)" 10
is "head -n -c" "$(seq 20 | head -n 2 | wc -l) $(echo abcdef | head -c 3)" "2 abc"
is "tail" "$(seq 20 | tail | head -n 1)" 11
is "tail -n of a file" "$(tail -n 2 up)" "5999
6000"
is "tail +" "$(seq 5 | tail -n +4)" "4
5"
is "tail -c" "$(tail -c 5 up; printf abcdef | tail -c 2)" "6000
ef"
is "tail without a last newline" "$(printf 'a\nb\nc' >t; tail -n 2 t)" "b
c"
is "tee" "$(echo x | tee t1 t2; cat t1 t2)" "x
x
x"
is "tee -a" "$(echo y | tee -a t1 >/dev/null; wc -l <t1)" 2
is "tr" "$(echo hello | tr a-y b-z)" ifmmp
is "tr -d" "$(echo hello | tr -d l)" heo
is "tr -s" "$(echo 'a   b' | tr -s ' ')" "a b"
is "tr -c" "$(echo 'ab12' | tr -cd 0-9)" 12
is "tr with classes" "$(echo aB1 | tr '[:lower:]' '[:upper:]')" AB1
is "cut -c" "$(echo abcdef | cut -c 2-3,5-)" bcef
is "cut -d -f" "$(echo a:b:c | cut -d : -f 1,3)" a:c
is "cut -s" "$(printf 'none\na:b\n' | cut -d : -f 2 -s)" b
cmp fruit fruit
is "cmp of equal files" $? 0
is "cmp of unequal files" "$(cmp fruit s)" "fruit s differ: char 1, line 1"
is "cmp -s" "$(cmp -s fruit s; echo $?)" 1
is "seq" "$(echo $(seq 3) $(seq 2 4) $(seq 10 -5 0))" "1 2 3 2 3 4 10 5 0"
is "od -c" "$(printf 'a\n\0' | od -c)" '0000000   a  \n  \0
0000003'
is "od -x is big-endian" "$(printf 'AB' | od -x | head -n 1)" "0000000 4142"
is "hexdump" "$(printf 'Hello' | hexdump | head -n 1)" \
"00000000  48 65 6c 6c 6f                                    |Hello|"
is "od marks repetition" "$(head -c 64 /dev/zero | od | wc -l)" 3
is "expr" "$(expr 1 + 2 \* 3) $(expr \( 1 + 2 \) \* 3) $(expr 7 / 2) $(expr 7 % 2)" "7 9 3 1"
is "expr compares" "$(expr 10 \> 9) $(expr abc \< abd) $(expr a = b)" "1 1 0"
is "expr with a match" "$(expr foobar : 'foo\(.*\)') $(expr foobar : foo)" "bar 3"
is "expr with or and and" "$(expr '' \| x) $(expr 1 \& 0)" "x 0"
expr 0 >/dev/null
is "expr status" $? 1
fails "expr with a syntax error" 2 "expr 1 +"
is "xargs" "$(printf 'a b\nc\n' | xargs echo x)" "x a b c"
is "xargs -n" "$(seq 4 | xargs -n 2 echo)" "1 2
3 4"
is "xargs with quotes" "$(echo "'a b' c" | xargs -n 1 echo)" "a b
c"
is "xargs -I" "$(seq 2 | xargs -I % echo n%n)" "n1n
n2n"
finish
