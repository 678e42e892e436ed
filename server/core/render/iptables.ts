// iptables and ebtables chains of ours, one `iptables-restore --noflush` (or ebtables-nft-restore) per namespace and family. Naming a user chain empties it, so a
// chain is always written whole; built-in chains only gain or lose their jump into ours.

import { groupBy } from '../group-by'
import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import { ourRules } from '../diff/kinds/iptables'
import { isOurChain, type IptablesChain } from '../host/iptables'
import { batchStep, inNamespace, type StepDraft } from './step-draft'

export function renderIptables(diff: HostDiff): StepDraft[] {
  const goneNamespaces = new Set(diff.namespaces.removed.map((namespace) => namespace.name))
  const all = [...diff.iptables.added, ...diff.iptables.removed, ...diff.iptables.changed.map((change) => change.to)]
  const groups = groupBy(
    all.filter((chain) => !goneNamespaces.has(chain.netns)),
    (chain) => `${chain.family} ${chain.netns}`,
  )
  return [...groups.values()].flatMap((chains) => restore(diff, chains[0]!))
}

const inTable = (chains: readonly IptablesChain[], table: string) => chains.filter((chain) => chain.table === table)

function restore(diff: HostDiff, { netns, family }: IptablesChain): StepDraft[] {
  const here = (chain: IptablesChain) => chain.netns === netns && chain.family === family
  const written = [...diff.iptables.added, ...diff.iptables.changed.map((change) => change.to)].filter(here)
  const removed = diff.iptables.removed.filter(here)
  const former = new Map(diff.iptables.changed.map((change) => [change.to, change.from]))
  const tables = [...new Set([...written, ...removed].map((chain) => chain.table))]
  const lines = tables.flatMap((table) => [
    `*${table}`,
    ...written.filter((chain) => chain.table === table && isOurChain(chain)).map((chain) => `:${chain.chain} ${family === 'bridge' ? 'ACCEPT' : '- [0:0]'}`),
    ...written.filter((chain) => chain.table === table).flatMap((chain) => writeLines(chain, former.get(chain))),
    // Jumps go before the chains that they lead into.
    ...inTable(removed, table).filter((chain) => !isOurChain(chain)).flatMap(removeLines),
    ...inTable(removed, table).filter(isOurChain).flatMap(removeLines),
    'COMMIT',
  ])
  const argv = RESTORE[family]
  return batchStep(`${family === 'bridge' ? 'ebtables' : 'iptables'}${netns === '' ? '' : ` in ${netns}`}`, 'Only chains of ours and the jumps into them.', lines, (stdin) =>
    changeCommand(inNamespace(netns, argv), { stdin }),
  )
}

const RESTORE: Record<IptablesChain['family'], readonly string[]> = {
  ipv4: ['iptables-restore', '--noflush', '--wait', '5'],
  ipv6: ['ip6tables-restore', '--noflush', '--wait', '5'],
  bridge: ['ebtables-nft-restore', '--noflush'],
}

function writeLines(chain: IptablesChain, former: IptablesChain | undefined): string[] {
  if (isOurChain(chain)) return chain.rules.map((rule) => `-A ${chain.chain} ${rule}`)
  const [want, have] = [ourRules(chain), former ? ourRules(former) : []]
  return [
    ...have.filter((rule) => !want.includes(rule)).map((rule) => `-D ${chain.chain} ${rule}`),
    ...want.filter((rule) => !have.includes(rule)).map((rule) => `-A ${chain.chain} ${rule}`),
  ]
}

function removeLines(chain: IptablesChain): string[] {
  if (!isOurChain(chain)) return ourRules(chain).map((rule) => `-D ${chain.chain} ${rule}`)
  return [`-F ${chain.chain}`, `-X ${chain.chain}`]
}
