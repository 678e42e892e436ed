// What a reading says about a host's fitness: which tools are missing, NICs that may be used, what stands in the way of preparing it.

import { traitsOf } from '../agents/agent-traits'
import type { AgentTool } from '../agents/traits'
import type { Coded, Finding } from '../finding'
import type { DatapathType, Host } from '../topology/kinds/host/host'
import { hostSubject } from '../plan/subjects'
import { carries } from './link-stack'
import type { HostObservation } from './observation'

export interface ProbeParams {
  'ovs-silent': {}
  'agent-runs': { agent: string }
  'reading-not-understood': { pieces: number }
}

export interface ProbedNic {
  readonly name: string
  readonly macAddress: string | null
  readonly mtu: number | null
  readonly isUp: boolean
  readonly addresses: readonly string[]
  /** Carries our own SSH session: never offered as tunnel or provider NIC. */
  readonly carriesSsh: boolean
}

const COMMON = ['ip', 'sysctl', 'virsh', 'qemu-system-x86_64', 'dnsmasq', 'iptables', 'ipset', 'conntrack', 'arping', 'tcpdump'] as const

export type NeededTool = (typeof COMMON)[number] | AgentTool
export const neededTools = (host: Pick<Host, 'agentKind'>): readonly NeededTool[] => [...COMMON, ...traitsOf(host).tools]

export const listMissingTools = ({ facts }: HostObservation, host: Pick<Host, 'agentKind'>): readonly NeededTool[] =>
  // What was not asked, or not told, is not missing.
  neededTools(host).filter((tool) => facts.tools[tool] === false)

export function listNics({ state, facts }: HostObservation): ProbedNic[] {
  return state.links
    .filter((link) => link.netns === '' && link.type === 'physical' && link.name !== 'lo')
    .map((link) => ({
      name: link.name,
      macAddress: link.macAddress ?? null,
      mtu: link.mtu ?? null,
      isUp: link.isUp ?? false,
      addresses: state.addresses.filter((address) => address.netns === '' && address.link === link.name).map((address) => address.cidr),
      carriesSsh: carries(state, link.name, facts.sshLink),
    }))
}

export function listWarnings(host: Pick<Host, 'id' | 'name' | 'agentKind'>, { facts, unparsed }: HostObservation): Finding<ProbeParams>[] {
  const warn = (found: Coded<ProbeParams>): Finding<ProbeParams> => ({
    severity: 'warning',
    subject: hostSubject(host),
    ...found,
  })
  return [
    ...(traitsOf(host).usesOpenvswitch && facts.ovsVersion === null ? [warn({ code: 'ovs-silent', params: {} })] : []),
    ...facts.neutronAgents.map((agent) => warn({ code: 'agent-runs', params: { agent } })),
    ...(unparsed.length > 0 ? [warn({ code: 'reading-not-understood', params: { pieces: unparsed.length } })] : []),
  ]
}

/** The kernel's datapath where it can be had, Open vSwitch's own otherwise. null where the host did not tell. */
export function detectAbilities({
  facts,
  unparsed,
}: HostObservation): { readonly datapathType: DatapathType; readonly hasKvm: boolean } | null {
  if (unparsed.some(({ section }) => section === 'facts')) return null
  return { datapathType: facts.hasKernelDatapath ? 'system' : 'netdev', hasKvm: facts.kvm === 'usable' }
}
