// Translations that a router does no more. A connection is translated as when it began, whatever rules say since, so one that is open would go on to a VM
// that has lost its floating IP, or by an address that the router has no more. It is forgotten in the router's namespace, and with it that it was translated.

import type { HostDiff } from '../diff/kind-diff'
import { plural } from '../explain/words'
import { groupBy } from '../group-by'
import { isOurChain, type IptablesChain } from '../host/iptables'
import { inEachNamespace } from '../render/side-by-side'
import type { StepDraft } from '../render/step-draft'
import { FORGET } from './forget-connections'

/** Constant text; its input is a line of arguments per translation. */
const FORGET_EACH = `${FORGET}
while read -r selection; do forget $selection; done`

export function forgetTranslations({ iptables: { added, changed, removed }, namespaces }: HostDiff): StepDraft[] {
  const going = new Set(namespaces.removed.map(({ name }) => name))
  const before = translations([...changed.map(({ from }) => from), ...removed]).filter(({ netns }) => !going.has(netns))
  const after = new Set(translations([...changed.map(({ to }) => to), ...added]).map(keyOf))
  const lost = new Map(before.filter((each) => !after.has(keyOf(each))).map((each) => [keyOf(each), each]))
  const inputs = [...groupBy([...lost.values()], ({ netns }) => netns)].map(([netns, here]) => ({
    netns,
    lines: here.map(({ selection }) => selection),
  }))
  if (inputs.length === 0) return []
  return [
    {
      title: `Forget connections of ${plural(lost.size, 'translation')}`,
      reason: 'One that is open would go on as it was translated when it began.',
      command: inEachNamespace(['sh', '-c', FORGET_EACH, 'conntrack'], inputs),
    },
  ]
}

interface Translation {
  readonly netns: string
  /** As conntrack selects its connections. */
  readonly selection: string
}

const keyOf = ({ netns, selection }: Translation): string => `${netns} ${selection}`

/** What the host itself sends is translated as what comes in is, and of that alone it is told. */
const translations = (chains: readonly IptablesChain[]): readonly Translation[] =>
  chains
    .filter((chain) => chain.netns !== '' && chain.table === 'nat' && isOurChain(chain) && !chain.chain.endsWith('OUTPUT'))
    .flatMap(({ netns, rules }) => rules.flatMap((rule) => selectionOf(rule) ?? []).map((selection) => ({ netns, selection })))

function selectionOf(rule: string): string | null {
  const [, source] = / -s ([\d.]+)\/32 /.exec(` ${rule}`) ?? []
  const [, destination] = / -d ([\d.]+)\/32 /.exec(` ${rule}`) ?? []
  const [, protocol] = / -p (\S+) /.exec(` ${rule}`) ?? []
  const [, port] = / --dport (\d+) /.exec(rule) ?? []
  const [, target] = / --to-(?:destination|source) ([\d.]+)(?::\d+)?(?: |$)/.exec(rule) ?? []
  const [, targetPort] = / --to-destination [\d.]+:(\d+)(?: |$)/.exec(rule) ?? []
  if (target === undefined) return null
  const asked = [
    ['-s', source],
    ['-d', destination],
    ['-p', protocol],
    ['--orig-port-dst', port],
    // Replies come from who was translated to, and go to what a source was translated to.
    [rule.includes('-j DNAT ') ? '-r' : '-q', target],
    ['--reply-port-src', targetPort],
  ]
  return asked.flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${value}`])).join(' ')
}
