// What a restore leaves out of the lines in link-steps.ts. What is set already is not set again: Open vSwitch hears of it, and now and then a packet
// was lost in such a run. What stands on the tap of a VM that is off is not missing. A device of that name without our alias is named and left alone,
// also by the steps after the one that finds it: those set up what was to be made, and put addresses on it.

import { linesToDo, ofLeftAlone, type LineGuard, type RestoreGuard } from '../restore-guard'

/** Of another namespace, behind `@NAMESPACE`: what a batch makes right in it, either end of a pair, and is there. */
const MADE_INSIDE = String.raw`sed -n "/^link add /{
    h; s/^link add name \([^ ]*\) netns \([^ ]*\) .*/\1 \2/p
    g; s/.* peer name \([^ ]*\) netns \([^ ]*\)$/\1 \2/p
  }" input | while read -r device netns; do
    ip -n "$netns" -o link show dev "$device" 2>/dev/null | sed "s/^/@$netns /"
  done`

/**
 * The namespace is "" where it is that of the batch; its name is asked for only where something is to be noted. The other end of a pair
 * of ours is ours, also where a run was cut short before it was marked. Where one end is left alone and the other is not made, no later line
 * or step counts on that.
 */
const LINKS: LineGuard = {
  name: 'links',
  have: `ip -o link show && ${MADE_INSIDE} && left_alone`,
  learn: String.raw`
  if (/^!/) { foreign[substr($0, 2)]; next }
  netns = /^@/ ? substr($1, 2) : ""
  sub(/^@[^ ]+ /, "")
  name = $2; sub(/[:@].*/, "", name)
  whose[netns, name] = / alias tapline:/ ? "ours" : "foreign"
  number[netns, name] = "if" ($1 + 0)
  end[netns, name] = $2; sub(/^[^@]*@?/, "", end[netns, name]); sub(/:$/, "", end[netns, name])
  if (netns == "") shown[name] = $0`,
  done: String.raw`
function isSet(  text, flags, word) {
  if (!($4 in shown)) return 0
  text = shown[$4] " "
  match(text, /<[^>]*>/)
  flags = "," substr(text, RSTART + 1, RLENGTH - 2) ","
  for (word = 5; word <= NF; word++) {
    if ($word == "up") { if (!index(flags, ",UP,")) return 0 }
    else if ($word " " $(word + 1) == "promisc on") { if (!index(flags, ",PROMISC,")) return 0; word++ }
    else if ($word ~ /^(alias|mtu|master)$/) { if (!index(text, " " $word " " $(word + 1) " ")) return 0; word++ }
    else return 0
  }
  return 1
}
function here(  name) {
  "ip netns identify" | getline name
  close("ip netns identify")
  return name
}
function leaveOut(netns, name) {
  if (netns == "") foreign[name]
  print (netns == "" ? here() : netns) ":" name >> ENVIRON["LEFT_ALONE"]
}
function leaveAlone(netns, name) {
  code = 3
  print "tapline-restore: " name (netns == "" ? " is there" : " is in " netns) " and is not ours: left alone" > "/dev/stderr"
  leaveOut(netns, name)
}
function isPair(netns, name, farNetns, far) {
  if (!((netns, name) in end) || !((farNetns, far) in end)) return 0
  if (netns == farNetns) return end[netns, name] == far && end[farNetns, far] == name
  return end[netns, name] == number[farNetns, far] && end[farNetns, far] == number[netns, name]
}
function ownerOf(netns, name, farNetns, far) {
  if (!((netns, name) in whose)) return "nobody"
  return isPair(netns, name, farNetns, far) && whose[farNetns, far] == "ours" ? "ours" : whose[netns, name]
}
$1 " " $2 " " $3 == "link add link" && $4 ~ /^tap/ && !($4 in shown) { absent[$6]; next }
$1 " " $2 " " $3 == "link add link" && ($4 in foreign) { leaveOut("", $6); next }
$1 " " $2 == "link add" {
  name = $3 == "link" ? $6 : $4
  netns = $5 == "netns" ? $6 : ""
  far = farNetns = ""
  if ($(NF - 2) " " $(NF - 1) == "peer name") far = $NF
  else if (NF > 4 && $(NF - 4) " " $(NF - 3) " " $(NF - 1) == "peer name netns") { far = $(NF - 2); farNetns = $NF }
  owner = ownerOf(netns, name, farNetns, far)
  farOwner = far == "" ? "" : ownerOf(farNetns, far, netns, name)
  if (owner == "foreign") leaveAlone(netns, name)
  if (farOwner == "foreign") leaveAlone(farNetns, far)
  if (owner == "nobody" && farOwner == "foreign") leaveOut(netns, name)
  else if (owner == "foreign" && farOwner == "nobody") leaveOut(farNetns, far)
  else if (owner == "nobody") print
  next
}
match($0, / dev [^ ]+/) && (substr($0, RSTART + 5, RLENGTH - 5) in foreign) { next }
$1 " " $2 == "link set" && ($4 in absent) { next }
match($0, / master [^ ]+/) && (substr($0, RSTART + 8, RLENGTH - 8) in foreign) { sub(/ master [^ ]+/, "") }
$1 " " $2 == "link set" && $5 == "netns" && !($4 in shown) { next }
$1 " " $2 == "link set" && isSet() { next }`,
}

/** A restarted Open vSwitch makes an internal port again, outside, and leaves the former device in its namespace. */
const REMOVE_ABANDONED = String.raw`grep "^link set dev [^ ]* netns " input | while read -r _ _ _ device _ netns; do
  [ -e "/sys/class/net/$device" ] || continue
  ip -n "$netns" -o link show dev "$device" 2>/dev/null | grep -q " alias tapline:" && ip -n "$netns" link del dev "$device"
done`

const goesOn = ([ip = '', ...rest]: readonly string[]): string[] => [ip, '-force', ...rest]

/** Of an input whose lines are devices. */
export const deviceGuard: RestoreGuard = { script: linesToDo([ofLeftAlone('$1 in left')]) }
export const linkGuard: RestoreGuard = { script: linesToDo([LINKS]), program: goesOn }
/** Of a batch with what other kinds add to it. */
export const batchGuard: RestoreGuard = { script: (ip) => linesToDo([LINKS, ...ip]), program: goesOn }
export const moveGuard: RestoreGuard = { script: (ip) => `${REMOVE_ABANDONED}\n${linesToDo([LINKS, ...ip])}`, program: goesOn }
