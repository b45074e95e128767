export type Shell = 'bash' | 'zsh' | 'fish';

/*
 * The scripts hand what is typed to `sidetrace __complete` and show its lines; the line `:files` stands for the shell's
 * own completion of file names.
 */
const scripts: Readonly<Record<Shell, string>> = {
  bash: `_sidetrace() {
  local line files=0
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == ':files' ]]; then files=1; else COMPREPLY+=("$line"); fi
  done < <("\${COMP_WORDS[0]}" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if ((files)); then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}")
  fi
}
complete -F _sidetrace sidetrace
`,
  zsh: `#compdef sidetrace
_sidetrace() {
  local -a lines
  lines=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${lines[-1]}" == ':files' ]]; then
    lines[-1]=()
    _files
  fi
  (( \${#lines} )) && compadd -- "\${lines[@]}"
}
compdef _sidetrace sidetrace
`,
  fish: `function __sidetrace_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (sidetrace __complete -- $words[2..-1] 2>/dev/null)
        if test "$line" = ':files'
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c sidetrace -f -a '(__sidetrace_complete)'
`,
};

/** What a shell has to source. */
export const completionScript = (shell: Shell): string => scripts[shell];
