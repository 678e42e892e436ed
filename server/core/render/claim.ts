// A claim on a host, taken in one atomic act before a run reads it and given back after: of two consoles, or two registrations of one
// machine, one changes it and the other is told by whom. Once the first bridge is there, its mark says the same to whoever plans
// (plan/other-registrations.ts), so a claim that nobody gives back counts for some minutes only. It is gone after a boot.

import { changeCommand, type Command } from '../commands/command'

const CLAIM = '/run/tapline/applying'
/** Far longer than from the claim to the first marked bridge. */
export const CLAIM_SECONDS = 600
/** Exit code of a claim that somebody else has; stdout names who. EX_TEMPFAIL of sysexits(3). */
export const CLAIMED = 75

/**
 * Constant text; $1 is the host's id, $2 how long a claim counts. `ln` refuses a name that is taken, so one of two wins. What is moved aside
 * as too old is looked at again: meanwhile it may have been taken anew.
 */
const TAKE = `claim=${CLAIM} draft=${CLAIM}.$$
mkdir -p "\${claim%/*}" && read -r now _ </proc/uptime && now=\${now%%.*} && printf '%s %s\\n' "$1" "$now" >"$draft" || exit
trap 'rm -f "$draft" "$draft.old"' EXIT
for attempt in 1 2 3; do
  ln "$draft" "$claim" 2>/dev/null && exit 0
  read -r who since <"$claim" || continue
  if [ "$who" != "$1" ] && [ $((now - since)) -lt "$2" ]; then echo "$who"; exit ${CLAIMED}; fi
  mv -T "$claim" "$draft.old" && read -r old at <"$draft.old" || continue
  [ "$old $at" = "$who $since" ] || ln "$draft.old" "$claim"
done
exit 1`

const GIVE_BACK = `claim=${CLAIM}
read -r who _ <"$claim" && [ "$who" = "$1" ] && rm -f "$claim"
rmdir "\${claim%/*}" 2>/dev/null || true`

export const takeClaim = (hostId: string): Command =>
  changeCommand(['sh', '-c', TAKE, 'tapline-claim', hostId, String(CLAIM_SECONDS)], { acceptedExitCodes: [0, CLAIMED] })
export const giveClaimBack = (hostId: string): Command => changeCommand(['sh', '-c', GIVE_BACK, 'tapline-claim', hostId])
