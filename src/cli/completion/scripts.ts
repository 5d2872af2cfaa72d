/** What a shell runs to complete a command line of rtmm. Each asks `rtmm complete`, so that it need not change with rtmm. */

export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

// Bash splits words at = and : as well, and replaces only what follows the last of them, or an open quote: from `start` on.
const bash = `_rtmm() {
  local line="\${COMP_LINE:0:COMP_POINT}" letter quote= text word=
  local -a words=()
  local -i i start=0 isWord=0
  for ((i = 0; i < \${#line}; i++)); do
    letter="\${line:i:1}"
    case "$quote$letter" in
      [\\'\\"]) quote="$letter"; isWord=1; start=\${#word} ;;
      "''" | '""') quote=; start=\${#word} ;;
      \\'*) word+="$letter" ;;
      '"\\' | \\\\) i+=1; word+="\${line:i:1}"; isWord=1 ;;
      '"'*) word+="$letter" ;;
      [[:space:]]) ((isWord)) && words+=("$word"); word=; isWord=0; start=0 ;;
      [=:]) word+="$letter"; isWord=1; start=\${#word} ;;
      *) word+="$letter"; isWord=1 ;;
    esac
  done
  words+=("$word")
  local current="\${word:start}"
  COMPREPLY=()
  while IFS=$'\\t' read -r text _; do
    case "$text" in
      :files) compopt -o filenames 2>/dev/null; while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -f -- "$current") ;;
      :folders) compopt -o filenames 2>/dev/null; while IFS= read -r text; do COMPREPLY+=("$text"); done < <(compgen -d -- "$current") ;;
      *=) compopt -o nospace 2>/dev/null; COMPREPLY+=("\${text:start}") ;;
      *) COMPREPLY+=("\${text:start}") ;;
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
    set -l plain (string unescape -- "$token"; or string replace -r '^["\\']' '' -- "$token")
    set -l option (string match -r -- '^--[^=]*=' "$plain")
    set -l start (string replace -r -- '^--[^=]*=' '' "$plain")
    set -l path
    test -n "$start"; and set path (string escape -n -- "$start")
    for line in ($words[1] complete -- $words[2..-1] "$plain" 2>/dev/null)
        switch $line
            case ':files'
                printf '%s\\n' "$option"(complete -C "'' $path" | string match -- "$start*")
            case ':folders'
                printf '%s\\n' "$option"(complete -C "'' $path" | string match -- "$start*/")
            case '*'
                echo $line
        end
    end
end
complete -c rtmm -f -a '(__rtmm_complete)'
`;

export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
