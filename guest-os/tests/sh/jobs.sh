# Background commands, wait, traps, signals.
. ${0%/*}/tap.inc

(exit 3) &
wait $!
is "wait gives the status" $? 3
echo out >f &
wait
is "background command ran" "$(cat f)" out
is "wait for all is 0" "$( (exit 1) & wait; echo $?)" 0
wait 29999
is "wait for a stranger" $? 127
sleep 60 &
pid=$!
kill $pid
wait $pid 2>/dev/null
is "kill" $? 143
sleep 60 &
kill -KILL $!
wait $! 2>/dev/null
is "kill -KILL" $? 137
sh -c 'kill -s INT $$; echo alive' >f &
wait $!
is "background commands ignore the keyboard's interrupt" "$(cat f)" alive
is "kill -l" "$(kill -l 15) $(kill -l TERM) $(kill -l 143)" "TERM 15 TERM"
is "trap EXIT" "$(trap 'echo bye' EXIT; echo hi)" "hi
bye"
is "trap EXIT keeps the status" "$(sh -c 'trap : EXIT; exit 6'; echo $?)" 6
is "exit in trap EXIT" "$(sh -c 'trap "exit 4" EXIT; exit 6'; echo $?)" 4
is "trap of a signal" "$(sh -c 'trap "echo got" USR1; kill -USR1 $$; echo after')" "got
after"
is "trap ignores" "$(sh -c 'trap "" TERM; kill $$; echo alive')" alive
is "ignored stays ignored in children" "$(sh -c 'trap "" TERM; sh -c "kill \$\$; echo alive"')" alive
is "trap cannot undo what the caller ignores" "$(trap "" TERM; sh -c 'trap - TERM; kill $$; echo alive')" alive
is "trap reset" "$(sh -c 'trap "echo got" TERM; trap - TERM; kill $$; echo alive' 2>/dev/null)" ""
is "trap list" "$(trap 'echo a' INT; trap >f; grep -c "echo a" f)" 1
is "subshell has no traps" "$(trap 'echo parent' EXIT; (echo child))" "child
parent"
sh -c 'kill -TERM $$'
is "status of a signal" $? 143
is "trap runs when its command has ended" "$(sh -c 'trap "echo got" USR1; sh -c "kill -USR1 $$"; echo end')" "got
end"
x=before
{ x=inside; } &
wait
is "background is a subshell" $x before
a=$(sleep 0; echo done)
is "substitution waits" $a done
is "many children" "$(i=0; while [ $i -lt 20 ]; do (exit 0) & i=$((i + 1)); done; wait; echo $i)" 20
finish
