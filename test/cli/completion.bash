# Prints what bash offers at the Tab key behind the words that it is given, by the script of `completion bash`.

# What the package bash-completion gives a shell that has it: the words of the line.
_get_comp_words_by_ref() {
  words=("${COMP_WORDS[@]}")
  cword=$COMP_CWORD
  cur=${words[cword]}
  prev=${words[cword - 1]}
}

source <(react-collider completion bash)
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
$(complete -p react-collider | sed -E 's/.*-F ([^ ]+).*/\1/')
printf '%s\n' "${COMPREPLY[@]}"
