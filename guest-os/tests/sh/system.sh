# Commands that tell of the machine and its processes.
. ${0%/*}/tap.inc

is "uname" "$(uname) $(uname -m)" "Triplex/OS m68000"
is "uname -a has all" "$(uname -a | wc -w | tr -d ' ')" "$(echo $(uname -s) $(uname -n) $(uname -r) $(uname -v) $(uname -m) | wc -w | tr -d ' ')"
is "date with a format" "$(date +%Y | wc -c | tr -d ' ')" 5
before=$(date +%s)
sleep 2
is "sleep takes its time" $(($(date +%s) - before >= 2)) 1
is "df: one line of four figures or more" "$(df / | tail -n 1 | grep -c -E '([0-9]+ +){3}')" 1
echo x >some
is "stat tells the size" "$(stat some | grep -c -w 2)" 1
mkdir -p a/b
is "ls -R goes down" "$(ls -R a | grep -c '^a/b:')" 1
set -- $(ls -i some)
is "ls -i is the inode of stat" "$(stat some | grep -c -w "$1")" 1
ps -el >list
is "ps: one line for each process, with its columns" "$(head -n 1 list | wc -w | tr -d ' ')" 13
is "ps has the servers" "$(grep -c -E ' (process|file|tty|init)$' list)" 4
sleep 100 &
job=$!
is "ps -p" "$(ps -p $job | tail -n 1 | grep -c 'sleep$')" 1
is "kill -0" "$(kill -0 $job && echo there)" there
kill $job
wait $job
is "kill: status of the killed" $? 143
fails "kill of what has ended" 1 "kill $job"
is "boards: all are members" "$(boards | grep -c member)" "$(($(boards | wc -l) - 1))"
is "on another board" "$(on 0 msgstat | head -n 1 | cut -d , -f 1)" "board 0"
fails "on no board" 1 "on 31 true"
msgstat ls / >out 2>figures
is "msgstat runs the command" "$(cat out)" "$(ls /)"
for line in "frames sent" "bytes sent" "frames received" "calls" "cycles" "cycles per call" "bytes per frame"; do
	is "msgstat: $line" "$(grep "^$line  *[1-9][0-9]*$" figures | wc -l | tr -d ' ')" 1
done
sleep 2 # What was written before this is brought to the disks.
msgstat sleep 2 2>figures
cycles=$(grep '^cycles  ' figures | tr -s ' ' | cut -d ' ' -f 2)
busy=$(grep '^busy cycles ' figures | tr -s ' ' | cut -d ' ' -f 3)
is "most of a sleep is idle" $((busy > 0 && busy < cycles / 2)) 1
msgstat false 2>/dev/null
is "msgstat: the command's status" $? 1
fails "msgstat of nothing" 127 "msgstat nosuchcommand"
is "sync" "$(sync; echo $?)" 0
is "id" "$(id -u)" 0
finish
