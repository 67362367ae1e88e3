# fish completion for dsprice: it asks the program, as dsprice.bash says; behind a word stands `<tab>ABOUT`.
# Fish puts a blank behind an only candidate, so one that may go on is offered with a comma, too.
function __dsprice_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -e words[1]
    set -l answer (dsprice completion fish --words -- $words "$word" 2>/dev/null)
    set -q answer[1]; or return
    set -l first (string split -m 1 \t -- $answer[1])
    set -l how (string split ' ' -- $first[1])
    set -l head $first[2]
    set -e answer[1]
    for line in $answer
        printf '%s%s\n' "$head" "$line"
    end
    if test "$how[1]" = nospace; and test (count $answer) = 1
        set -l only (string split -m 1 \t -- $answer)[1]
        string match -qr '[=.]$' -- $only; or printf '%s%s,\n' "$head" "$only"
    end
    test "$how[1]" = files; or return
    set -l path (string sub -s (math (string length -- "$head") + 1) -- "$word")
    for line in (complete -C "'' $path")
        for glob in '*/' $how[2..-1]
            if string match -q -- $glob (string split -m 1 \t -- $line)[1]
                printf '%s%s\n' "$head" "$line"
                break
            end
        end
    end
end
complete -c dsprice -f -k -a '(__dsprice_complete)'
