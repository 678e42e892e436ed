// What a plan makes the kernel forget of the connections that it remembers. To find none is no failure, though the program calls it one.

/** Shell, constant text. `forget ARGUMENT...`: those that the arguments of conntrack select. */
export const FORGET = `forget() {
  said=$(conntrack -D "$@" 2>&1 >/dev/null) || case $said in
  *' 0 flow entries have been deleted'*) ;;
  *) printf '%s\\n' "$said" >&2; exit 1 ;;
  esac
}`
