/** Scripts that ask `seatkeeper __complete`; each line of its answer is a word, a tab, and what it is about. */
export const scripts = {
  bash: `# Completion of seatkeeper for bash: source <(seatkeeper completion bash)
_seatkeeper() {
  local IFS=$'\\n'
  COMPREPLY=($(seatkeeper __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1))
}
complete -o default -F _seatkeeper seatkeeper
`,
  zsh: `#compdef seatkeeper
# Completion of seatkeeper for zsh: source <(seatkeeper completion zsh)
_seatkeeper() {
  local line
  local -a proposals
  while IFS= read -r line; do
    proposals+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done < <(seatkeeper __complete "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
  if (( \${#proposals} )); then _describe seatkeeper proposals; else _files; fi
}
if [ "\${funcstack[1]}" = "_seatkeeper" ]; then _seatkeeper "$@"; else compdef _seatkeeper seatkeeper; fi
`,
  fish: `# Completion of seatkeeper for fish: seatkeeper completion fish | source
function __seatkeeper_complete
    set -l words (commandline -opc) (commandline -ct | string unescape)
    set -l proposals (seatkeeper __complete $words[2..-1] 2>/dev/null)
    if set -q proposals[1]
        printf '%s\\n' $proposals
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c seatkeeper -f -a '(__seatkeeper_complete)'
`,
} as const;

export type Shell = keyof typeof scripts;
