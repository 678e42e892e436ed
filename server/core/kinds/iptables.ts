// iptables and ebtables chains. A chain of ours is compared whole, and written whole, since naming a user chain empties it; of a built-in
// chain only the jumps into ours count, and that nothing of somebody else's stands in front of them. One `iptables-restore --noflush` (or
// ebtables-nft-restore) per namespace and family, in one step for all namespaces but the root's.

import { changeCommand } from '../commands/command'
import { compareFields } from '../diff/compare-fields'
import type { HostDiff } from '../diff/kind-diff'
import { groupBy } from '../group-by'
import { chainKey, isOfNft, isOurChain, CHAIN_PREFIX, type IptablesChain } from '../host/iptables'
import { canonicalRule } from '../host/iptables-rule'
import { inEachNamespace, nameNamespaces } from '../render/side-by-side'
import { batchStep, type StepDraft } from '../render/step-draft'
import { forgetTranslations } from './forgotten-translations'
import { forgetZones } from './forgotten-zones'
import { inNamespaces, wantedOf, whereIn, type Kind } from './kind'
import { linesToDo, type LineGuard } from './restore-guard'

/** Our own chains are written whole; a jump into one is not put in front again. The program that saves goes by the name of the one that writes. */
const JUMPS: LineGuard = {
  name: 'saved',
  have: '"${1%-restore}-save"',
  learn: String.raw`if (/^\*/) table = $0; jumped[table, $0]`,
  done: String.raw`
/^\*/ { table = $0 }
/^-I / { jump = $0; sub(/^-I/, "-A", jump) }
/^-I / && ((table, jump) in jumped) { next }`,
}

export const iptablesKind: Kind<IptablesChain> = {
  heading: 'iptables and ebtables chains',
  noun: 'filter chains',
  key: chainKey,
  label: (chain) => `${chain.family === 'bridge' ? 'ebtables' : 'iptables'} ${chain.table} ${chain.chain}${whereIn(chain.netns)}`,
  // Of a built-in chain our jumps go, and nothing else.
  isOurs: (chain) => isOurChain(chain) || ourRules(chain).length > 0,
  compare: (desired, observed) =>
    compareFields([
      ['rules', printRules(desired), printRules(observed)],
      // A reading that is desired again, on a way back, had some in front, too.
      ['in front', foreignInFront(desired).length > 0 ? undefined : null, foreignInFront(observed).join('\n')],
    ]),
  sections: [
    { name: 'iptables', of: 'netns', place: { family: 'ipv4' }, mayBeIdle: true },
    { name: 'ip6tables', of: 'netns', place: { family: 'ipv6' }, mayBeIdle: true },
    { name: 'ebtables', place: { netns: '', family: 'bridge' }, mayBeIdle: true },
    { name: 'nft', of: 'netns', mayBeIdle: true },
    ...inNamespaces(),
  ],
  steps: [
    {
      name: 'iptables.write',
      // Rules stand in the namespace and name its devices.
      after: ['links.inside'],
      render: writeChains,
      restore: { script: linesToDo([JUMPS]) },
    },
    {
      name: 'iptables.forget',
      // Nothing is remembered under the number from then on.
      after: ['iptables.write'],
      // The first packet of a VM already asks for the connections of its zone.
      before: ['domains.start'],
      render: forgetZones,
      // A boot forgets all.
      restore: 'never',
    },
    {
      name: 'iptables.forgetTranslations',
      // Nobody is translated so from then on.
      after: ['iptables.write'],
      render: forgetTranslations,
      restore: 'never',
    },
  ],
  probes: [
    ['iptables', 'iptables -S'],
    ['ebtables', 'ebtables-nft-save 2>/dev/null | grep -v "^[#:*]"'],
  ],
}

/** The rules of a chain that are ours to add or remove. */
const ourRules = (chain: IptablesChain): readonly string[] =>
  isOurChain(chain) ? chain.rules : chain.rules.filter((rule) => !isOfNft(chain) && rule.includes(`-j ${CHAIN_PREFIX}`))

/** What somebody else's rule accepts or drops never comes to a jump of ours behind it. A chain of ours has none. */
function foreignInFront(chain: IptablesChain): readonly string[] {
  const ours = new Set(ourRules(chain))
  return chain.rules.slice(0, chain.rules.findLastIndex((rule) => ours.has(rule)) + 1).filter((rule) => !ours.has(rule))
}

/** Jumps into our chains stand together, and each names a device or chain of its own: their order says nothing. */
function printRules(chain: IptablesChain): string {
  const rules = ourRules(chain).map(canonicalRule)
  return (isOurChain(chain) ? rules : [...rules].sort()).join('\n')
}

function writeChains(diff: HostDiff): StepDraft[] {
  const goneNamespaces = new Set(diff.namespaces.removed.map((namespace) => namespace.name))
  const all = [...diff.iptables.added, ...diff.iptables.removed, ...diff.iptables.changed.map((change) => change.to)]
  const groups = groupBy(
    all.filter((chain) => !goneNamespaces.has(chain.netns)),
    (chain) => `${chain.family} ${chain.netns === '' ? 'here' : 'inside'}`,
  )
  return [...groups.values()].flatMap((chains) => step(diff, chains[0]!.family, [...new Set(chains.map(({ netns }) => netns))]))
}

/** The root namespace has a step of its own, all others have one together. */
function step(diff: HostDiff, family: IptablesChain['family'], namespaces: readonly string[]): StepDraft[] {
  const inputs = namespaces.map((netns) => ({ netns, lines: restoreLines(diff, netns, family) })).filter(({ lines }) => lines.length > 0)
  const title = family === 'bridge' ? 'ebtables' : 'iptables'
  const reason = 'Only chains of ours and the jumps into them.'
  if (inputs[0]?.netns === '') return batchStep(title, reason, inputs[0].lines, (stdin) => changeCommand(RESTORE[family], { stdin }))
  return inputs.length === 0
    ? []
    : [{ title: `${title} in ${nameNamespaces(inputs)}`, reason, command: inEachNamespace(RESTORE[family], inputs) }]
}

const inTable = (chains: readonly IptablesChain[], table: string) => chains.filter((chain) => chain.table === table)

function restoreLines(diff: HostDiff, netns: string, family: IptablesChain['family']): string[] {
  const here = (chain: IptablesChain) => chain.netns === netns && chain.family === family
  const written = wantedOf(diff.iptables).filter(here)
  const removed = diff.iptables.removed.filter(here)
  const former = new Map(diff.iptables.changed.map((change) => [change.to, change.from]))
  const tables = [...new Set([...written, ...removed].map((chain) => chain.table))]
  return tables.flatMap((table) => {
    const commands = [
      ...inTable(written, table)
        .filter(isOurChain)
        .map((chain) => `:${chain.chain} ${family === 'bridge' ? 'ACCEPT' : '- [0:0]'}`),
      ...inTable(written, table).flatMap((chain) => writeLines(chain, former.get(chain))),
      // Jumps go before the chains that they lead into.
      ...inTable(removed, table)
        .filter((chain) => !isOurChain(chain))
        .flatMap((chain) => ourRules(chain).map((rule) => `-D ${chain.chain} ${rule}`)),
      ...removeOurs(inTable(removed, table).filter(isOurChain)),
    ]
    return commands.length === 0 ? [] : [`*${table}`, ...commands, 'COMMIT']
  })
}

const RESTORE: Record<IptablesChain['family'], readonly string[]> = {
  ipv4: ['iptables-restore', '--noflush', '--wait', '5'],
  ipv6: ['ip6tables-restore', '--noflush', '--wait', '5'],
  bridge: ['ebtables-nft-restore', '--noflush'],
}

function writeLines(chain: IptablesChain, former: IptablesChain | undefined): string[] {
  if (isOurChain(chain)) return chain.rules.map((rule) => `-A ${chain.chain} ${rule}`)
  const [want, have] = [ourRules(chain), former ? ourRules(former) : []]
  // Where they are not in front, all of them move there.
  const isBehind = former !== undefined && foreignInFront(former).length > 0 && foreignInFront(chain).length === 0
  const [gone, come] = isBehind ? [have, want] : [beyond(have, want), beyond(want, have)]
  // Each is put in front of all that is there.
  return [...gone.map((rule) => `-D ${chain.chain} ${rule}`), ...come.toReversed().map((rule) => `-I ${chain.chain} ${rule}`)]
}

/** What the one list has more of than the other: a rule may be there twice, and each copy takes a command of its own. */
function beyond(rules: readonly string[], others: readonly string[]): string[] {
  const rest = [...others]
  return rules.filter((rule) => {
    const index = rest.indexOf(rule)
    if (index >= 0) rest.splice(index, 1)
    return index < 0
  })
}

/** They may lead into each other. */
const removeOurs = (chains: readonly IptablesChain[]): string[] => [
  ...chains.map(({ chain }) => `-F ${chain}`),
  ...chains.map(({ chain }) => `-X ${chain}`),
]
