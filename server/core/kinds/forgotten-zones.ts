// Zones of connection tracking that some packets got by a rule of ours and get no more. What the kernel remembers of their connections is forgotten,
// for who gets the number next, in this plan or later, is not to inherit them: an established TCP connection is remembered for five days.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/kind-diff'
import { chainKey, isOurChain, type IptablesChain } from '../host/iptables'
import { canonicalRule } from '../host/iptables-rule'
import { batchStep, type StepDraft } from '../render/step-draft'
import { FORGET } from './forget-connections'

/** Constant text; its input is a line per zone. */
const FORGET_ZONES = `${FORGET}
while read -r zone; do
  for family in ipv4 ipv6; do forget -f $family -w "$zone"; done
done`

export function forgetZones({ iptables: { added, changed, removed } }: HostDiff): StepDraft[] {
  const before = givingRules([...changed.map(({ from }) => from), ...removed])
  const after = new Set(givingRules([...changed.map(({ to }) => to), ...added]).map(({ rule }) => rule))
  const lost = before.filter(({ rule }) => !after.has(rule)).map(({ zone }) => zone)
  const gone = [...new Set(lost)].sort((a, b) => a - b)
  return batchStep(
    `Forget connections of ${plural(gone.length, 'zone')}`,
    'Who gets the number of a zone next is not to inherit its connections.',
    gone.map(String),
    (stdin) => changeCommand(['sh', '-c', FORGET_ZONES], { stdin }),
  )
}

interface GivingRule {
  readonly zone: number
  /** With the chain that it is in: what it matches and the zone that it gives. */
  readonly rule: string
}

const ZONE = /-j CT --zone (\d{1,5})$/
/** A number may be given to another port in the same plan, so it is not enough that the number goes on being given. */
const givingRules = (chains: readonly IptablesChain[]): readonly GivingRule[] =>
  chains
    .filter((chain) => chain.netns === '' && chain.table === 'raw' && isOurChain(chain))
    .flatMap((chain) =>
      chain.rules.map((rule) => ({ zone: Number(ZONE.exec(rule)?.[1] ?? 0), rule: `${chainKey(chain)} ${canonicalRule(rule)}` })),
    )
    .filter(({ zone }) => zone > 0)
