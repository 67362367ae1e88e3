#compdef dsprice
# zsh completion for dsprice: it asks the program, as dsprice.bash says; behind a word stands `<tab>ABOUT`.
# The file is both a function of $fpath, whose first call is its text, and a script to source after compinit.
_dsprice() {
  local -a answer how pad
  local head ret=1
  answer=("${(@f)$(dsprice completion zsh --words -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2> /dev/null)}")
  how=(${=answer[1]%%$'\t'*}) head=${answer[1]#*$'\t'}
  shift answer
  compset -p $#head
  [[ $how[1] == nospace ]] && pad=(-S '')
  answer=("${(@)answer//:/\\:}")
  answer=("${(@)answer/$'\t'/:}")
  (( $#answer )) && _describe -t words dsprice answer "${(@)pad}" && ret=0
  [[ $how[1] == files ]] && _files -g "$how[2,-1]" && ret=0
  return ret
}
if [[ $funcstack[1] == _dsprice ]]; then
  _dsprice "$@"
else
  compdef _dsprice dsprice
fi
