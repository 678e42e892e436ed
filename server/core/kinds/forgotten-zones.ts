// Zones of connection tracking that no rule of ours gives to packets any more. What the kernel remembers of their connections is forgotten, for who
// gets the number next is not to inherit them: an established TCP connection is remembered for five days.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/kind-diff'
import { isOurChain, type IptablesChain } from '../host/iptables'
import { batchStep, type StepDraft } from '../render/step-draft'

/** Constant text; its input is a line per zone. To find none is no failure, though the program calls it one. */
const FORGET = `while read -r zone; do
  for family in ipv4 ipv6; do
    said=$(conntrack -D -f $family -w "$zone" 2>&1 >/dev/null) || case $said in
    *' 0 flow entries have been deleted'*) ;;
    *) printf '%s\\n' "$said" >&2; exit 1 ;;
    esac
  done
done`

export function forgetZones({ iptables: { added, changed, removed } }: HostDiff): StepDraft[] {
  const before = zonesOf([...changed.map(({ from }) => from), ...removed])
  const after = zonesOf([...changed.map(({ to }) => to), ...added])
  const gone = [...before].filter((zone) => !after.has(zone)).sort((a, b) => a - b)
  return batchStep(
    `Forget connections of ${plural(gone.length, 'zone')}`,
    'Who gets the number of a zone next is not to inherit its connections.',
    gone.map(String),
    (stdin) => changeCommand(['sh', '-c', FORGET], { stdin }),
  )
}

const ZONE = /-j CT --zone (\d{1,5})$/
const zonesOf = (chains: readonly IptablesChain[]): ReadonlySet<number> =>
  new Set(
    chains
      .filter((chain) => chain.netns === '' && chain.table === 'raw' && isOurChain(chain))
      .flatMap(({ rules }) => rules.flatMap((rule) => Number(ZONE.exec(rule)?.[1] ?? [])))
      .filter((zone) => zone > 0),
  )
