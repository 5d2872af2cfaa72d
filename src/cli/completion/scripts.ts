/** What a shell runs to complete a command line of rtmm. Each asks `rtmm complete`, so that it need not change with rtmm. */

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

// Bash splits words at = and : as well, and replaces only what follows the last of them.
const bash = `_rtmm() {
  local line="\${COMP_LINE:0:COMP_POINT}" text
  local -a words
  read -ra words <<<"$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  local word="\${words[\${#words[@]}-1]}"
  local current="\${word##*[=:]}"
  local before="\${word%"$current"}"
  COMPREPLY=()
  while IFS=$'\\t' read -r text _; do
    case "$text" in
      :files) compopt -o filenames 2>/dev/null; while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -f -- "$current") ;;
      :folders) compopt -o filenames 2>/dev/null; while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -d -- "$current") ;;
      *=) compopt -o nospace 2>/dev/null; COMPREPLY+=("\${text#"$before"}") ;;
      *) COMPREPLY+=("\${text#"$before"}") ;;
    esac
  done < <("\${words[0]}" complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -F _rtmm rtmm
`;

const zsh = `#compdef rtmm
_rtmm() {
  local line text paths
  local -a texts shown open
  for line in "\${(@f)$("\${words[1]}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    text=\${line%%$'\\t'*}
    case $text in
      ('') ;;
      (:files|:folders) paths=$text ;;
      (*=) open+=("$text") ;;
      (*) texts+=("$text"); shown+=("\${line/$'\\t'/  -- }") ;;
    esac
  done
  (( $#open )) && compadd -S '' -- "$open[@]"
  (( $#texts )) && compadd -l -d shown -- "$texts[@]"
  [[ -n $paths ]] && compset -P '--*='
  case $paths in
    (:files) _files ;;
    (:folders) _files -/ ;;
  esac
}
if [[ $funcstack[1] = _rtmm ]]; then _rtmm "$@"; else compdef _rtmm rtmm; fi
`;

const fish = `function __rtmm_complete
    set -l words (commandline -opc)
    set -l token (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] "$token" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$token"
            case ':folders'
                __fish_complete_directories "$token" ''
            case '*'
                echo $line
        end
    end
end
complete -c rtmm -f -a '(__rtmm_complete)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
