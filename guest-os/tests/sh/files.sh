# Commands that work on files and directories.
. ${0%/*}/tap.inc

echo one >a
cp a b
is "cp" "$(cat b)" one
mkdir d
cp a b d
is "cp into a directory" "$(ls d)" "a
b"
mkdir -p t/u/v
echo deep >t/u/v/f
ln -s f t/u/v/l
cp -r t t2
is "cp -r" "$(cat t2/u/v/f)" deep
is "cp -r keeps links" "$(test -h t2/u/v/l && cat t2/u/v/l)" deep
touch -t 198206011200 a
cp -p a p
is "cp -p keeps the time" "$(test a -nt p || test p -nt a || echo same)" same
fails "cp of a directory" 1 "cp t x"
fails "cp onto itself" 1 "cp a a"
fails "cp -r into itself" 1 "cp -r t t/u"
fails "cp of a missing file" 1 "cp none x"
mv b c
is "mv" "$(cat c; test -e b || echo gone)" "one
gone"
mv c d
is "mv into a directory" "$(ls d)" "a
b
c"
mv t2 t3
is "mv of a directory" "$(cat t3/u/v/f)" deep
fails "mv of a missing file" 1 "mv none x"
rm d/a
is "rm" "$(ls d)" "b
c"
fails "rm of a directory" 1 "rm d"
fails "rm of a missing file" 1 "rm none"
rm -f none
is "rm -f of a missing file" $? 0
rm -r d t3
is "rm -r" "$(test -e d -o -e t3 || echo gone)" gone
is "rm -i" "$(touch q r; printf 'y\n' | rm -i q 2>/dev/null; printf 'n\n' | rm -i r 2>/dev/null; ls q r 2>/dev/null)" r
mkdir m
rmdir m
is "mkdir and rmdir" "$(test -d m || echo gone)" gone
fails "mkdir of an existing directory" 1 "mkdir t"
mkdir -p t/u
is "mkdir -p of an existing directory" $? 0
fails "rmdir of a full directory" 1 "rmdir t"
is "mkdir -m" "$(mkdir -m 700 mm; ls -ld mm | cut -c 1-10)" drwx------
ln a hard
is "ln" "$(test a -ef hard && echo same)" same
ln -s a soft
is "ln -s" "$(cat soft)" one
fails "ln over a file" 1 "ln a soft"
is "ln -s -f" "$(echo two >a2; ln -s -f a2 soft; cat soft)" two
is "ls sorted, one a line" "$(mkdir l; cd l; touch c a b .h; ls)" "a
b
c"
is "ls -a" "$(ls -a l)" ".
..
.h
a
b
c"
is "ls -d" "$(ls -d l)" l
is "ls -r" "$(ls -r l | head -n 1)" c
touch -t 197501010000 l/b
is "ls -t" "$(ls -t l | tail -n 1)" b
is "ls of files and directories" "$(ls a l | head -n 3)" "a

l:"
is "ls -R" "$(ls -R t | grep -c :)" 3
is "ls -C" "$(ls -C l)" "a  b  c"
chmod 640 a
is "ls -l mode" "$(ls -l a | cut -c 1-10)" -rw-r-----
is "ls -l of a link" "$(ls -l soft | grep -c 'soft -> a2')" 1
is "ls -l shows the year of old files" "$(ls -l l/b | grep -c 'Jan  1  1975')" 1
fails "ls of a missing file" 1 "ls none"
mode() { ls -ld $1 | cut -c 2-10; }
chmod u=rw,g=r,o= a
is "chmod with letters" "$(mode a)" rw-r-----
chmod +x a
is "chmod +x" "$(umask 022; chmod 644 a; chmod +x a; mode a)" rwxr-xr-x
is "chmod go-rx" "$(chmod go-rx a; mode a)" rwx------
is "chmod g=u" "$(chmod g=u a; mode a)" rwxrwx---
is "chmod u+s" "$(chmod 755 a; chmod u+s a; mode a)" rwsr-xr-x
is "chmod -R" "$(chmod -R 700 t; mode t/u/v)" rwx------
fails "chmod with a bad mode" 2 "chmod 999 a"
touch new
is "touch makes a file" "$(wc -c <new)" 0
touch -c none
is "touch -c" "$(test -e none || echo no)" no
touch -t 198206011200 old
is "touch -t" "$(test new -nt old && echo newer)" newer
is "find" "$(find t | sort)" "t
t/u
t/u/v
t/u/v/f
t/u/v/l"
is "find -name" "$(find t -name f)" t/u/v/f
is "find -type" "$(find t -type d | wc -l) $(find t -type l)" "3 t/u/v/l"
is "find -exec" "$(find t -name f -exec cat {} \;)" deep
is "find with or and not" "$(find t \( -name f -o -name l \) ! -type l)" t/u/v/f
is "find -newer" "$(find new old -newer old)" new
is "find -prune" "$(find t -name v -prune -o -print)" "t
t/u"
is "find -maxdepth" "$(find t -maxdepth 1)" "t
t/u"
is "find -size" "$(find a -size +3c) $(find a -size +4c)" "a "
fails "find with a bad test" 2 "find . -nonsense"
p=deep
i=0
while [ $i -lt 40 ]; do p=$p/x; i=$((i + 1)); done
mkdir -p $p
is "find in a deep tree" "$(find deep | wc -l)" 41
cp -r deep deep2
is "cp -r of a deep tree" "$(find deep2 -type d | tail -n 1)" deep2${p#deep}
rm -r deep deep2
is "rm -r of a deep tree" "$(test -e deep || echo gone)" gone
is "du" "$(du -s t | cut -f 2)" t
is "basename" "$(basename /a/b.c) $(basename /a/b.c .c) $(basename /a/b/) $(basename /)" "b.c b b /"
is "dirname" "$(dirname /a/b) $(dirname a) $(dirname /a) $(dirname a/b/)" "/a . / a"
is "stat" "$(stat a2 | grep -c '^Type:   regular file')" 1
is "df" "$(df / | wc -l)" 2
is "pwd" "$(cd t; command pwd)" $work/t
is "env" "$(env X=1 sh -c 'echo $X') $(env -i X=2 env)" "1 X=2"
is "date" "$(date -u -r 86400 '+%Y-%m-%d %H:%M:%S')" "1970-01-02 00:00:00"
is "date of 2000" "$(date -u -r 951782400 '+%a %b %e %j')" "Tue Feb 29 060"
is "uname" "$(test -n "$(uname -s)" && uname -a | grep -c "$(uname -m)")" 1
is "id" "$(id -u)" "$(id | cut -d = -f 2 | cut -d '(' -f 1)"
is "tty without a terminal" "$(tty </dev/null)" "not a tty"
is "sleep" "$(sleep 0; echo $?)" 0
is "true and false as programs" "$(env true; echo $?; env false; echo $?)" "0
1"
is "test and [ as programs" "$(env test a = a; echo $?; env [ a = b ]; echo $?)" "0
1"
is "echo and printf as programs" "$(env echo a; env printf '%s\n' b)" "a
b"
is "time" "$( (time true) 2>&1 | grep -c real)" 1
is "yes" "$(yes no | head -n 2)" "no
no"
finish
