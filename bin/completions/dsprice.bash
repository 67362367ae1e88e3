# bash completion for dsprice: it asks the program. The answer is `HOW<tab>HEAD`, then one word a line. HOW is `space`
# or `nospace` behind a word, or `files GLOB…` where files fit too; HEAD is what stays of the word at the cursor.
# Bash splits words at = and :, and replaces only what follows ($2). Bash 3.2, which macOS has, knows no compopt:
# there files get neither blank nor slash and are quoted here, and elsewhere the blanks are our own.
_dsprice() {
  local rest=${COMP_LINE:0:COMP_POINT} words=() i piece word skip how='' head='' quoting=%s line name globs glob
  for ((i = 0; i <= COMP_CWORD; i++)); do
    piece=${COMP_WORDS[i]}
    if ((i == 0)) || [[ $rest == [[:blank:]]* ]]; then
      rest=${rest#"${rest%%[![:blank:]]*}"}
      words+=('')
    fi
    [[ $rest == "$piece"* ]] || piece=$rest
    rest=${rest#"$piece"}
    words[${#words[@]} - 1]+=$piece
  done
  word=${words[${#words[@]} - 1]}
  skip=${word%"$2"}
  words=("${words[@]//[\"\'\\]/}") word=${word//[\"\'\\]/} skip=${skip//[\"\'\\]/}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ -z $how ]]; then
      how=${line%%$'\t'*} head=${line#*$'\t'}
      continue
    fi
    line=$head${line%%$'\t'*}
    [[ $how == space ]] && line+=' '
    COMPREPLY+=("${line#"$skip"}")
  done <<< "$(dsprice completion bash --words -- "${words[@]:1}" 2> /dev/null)"
  [[ $how == files* ]] || return 0
  compopt -o filenames +o nospace 2> /dev/null || quoting=%q
  IFS=' ' read -ra globs <<< "${how#files }"
  while IFS= read -r name; do
    [[ -n $name ]] || continue
    printf -v name "$quoting" "$name"
    line=$head$name
    COMPREPLY+=("${line#"$skip"}")
  done <<< "$(
    compgen -d -- "${word#"$head"}"
    for glob in "${globs[@]}"; do compgen -f -X "!$glob" -- "${word#"$head"}"; done
  )"
}
complete -o nospace -F _dsprice dsprice
