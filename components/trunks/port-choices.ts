// Ports to choose from where a trunk, a subport or a NIC needs one: a new one in a network, or one that is there. What cannot
// be chosen stays in the list and says why. Pure; the server has the last word.

import { compareNames } from '@/components/ui/compare-naturally'
import { addressText, segmentText, type TopologyIndex } from '@/components/lib/topology-index'
import type { SelectOption } from '@/components/ui/Select'
import { traitsOf } from '@/server/core/agents/agent-traits'
import type { Network } from '@/server/core/topology/kinds/network/network'
import type { Port } from '@/server/core/topology/kinds/port/port'
import { labelPort } from '@/server/core/topology/kinds/port/port-label'
import { labelTrunk } from '@/server/core/topology/kinds/trunk/trunk-label'

/** '' is nothing yet. */
export type PortChoice = '' | `network:${string}` | `port:${string}`

export const inNetwork = (networkId: string): PortChoice => `network:${networkId}`
export const existingPort = (portId: string): PortChoice => `port:${portId}`

/** As the server takes it: exactly one of the two, or none. */
export function toPort(choice: PortChoice): { readonly portId?: string; readonly networkId?: string } {
  const [kind, id] = choice.split(':')
  if (kind === 'port') return { portId: id ?? '' }
  return kind === 'network' ? { networkId: id ?? '' } : {}
}

export function networkOfChoice(index: TopologyIndex, choice: PortChoice): Network | undefined {
  const { portId, networkId } = toPort(choice)
  return index.network(networkId ?? index.port(portId ?? '')?.networkId ?? '')
}

/** Why a port cannot become the parent of a trunk; null when it can. */
export function whyNotParent(index: TopologyIndex, port: Port): string | null {
  const used = usedByTrunk(index, port)
  if (used !== null) return used
  const vm = index.vmOf(port)
  if (!vm || index.actionOf(vm.id) === 'create') return null
  const host = index.host(vm.hostId)
  return host && traitsOf(host).canTrunkRunningPort ? null : `VM ${vm.name} has booted with it`
}

export function whyNotSubPort(index: TopologyIndex, port: Port): string | null {
  const vm = index.vmOf(port)
  return usedByTrunk(index, port) ?? (vm ? `a NIC of VM ${vm.name}` : null)
}

export function whyNotNic(index: TopologyIndex, port: Port): string | null {
  if (port.deviceOwner === 'network:dhcp') return 'belongs to DHCP'
  const member = index.memberOf(port.id)
  if (member) return `subport of ${labelTrunk(index.topology, member.trunk)}`
  const vm = index.vmOf(port)
  return vm ? `a NIC of VM ${vm.name}` : null
}

function usedByTrunk(index: TopologyIndex, port: Port): string | null {
  if (port.deviceOwner === 'network:dhcp') return 'belongs to DHCP'
  const own = index.trunkOf(port.id)
  if (own) return `parent of ${labelTrunk(index.topology, own)}`
  const member = index.memberOf(port.id)
  return member ? `subport of ${labelTrunk(index.topology, member.trunk)}` : null
}

const NEW_PORT = 'New port in'
const PORTS = 'Port that is there'

/** Networks first, then ports: those that can be chosen before those that say why not. */
export function portOptions(
  index: TopologyIndex,
  whyNot: (port: Port) => string | null,
  networks = index.topology.networks,
): SelectOption<PortChoice>[] {
  const byLabel = (a: SelectOption<PortChoice>, b: SelectOption<PortChoice>) => compareNames(a.label, b.label)
  const ports = index.topology.ports
    .filter((port) => port.deviceOwner !== 'network:dhcp')
    .map((port) => portOption(index, port, whyNot(port)))
  return [
    ...networks.map((network) => ({ value: inNetwork(network.id), label: networkLabel(index, network), group: NEW_PORT })),
    ...ports.filter(({ isDisabled }) => !isDisabled).toSorted(byLabel),
    ...ports.filter(({ isDisabled }) => isDisabled).toSorted(byLabel),
  ]
}

const networkLabel = (index: TopologyIndex, network: Network): string =>
  `${network.name} (${segmentText(index, network)}, ${index.project(network.projectId)?.name ?? ''})`

function portOption(index: TopologyIndex, port: Port, reason: string | null): SelectOption<PortChoice> {
  const where = [labelPort(index.topology, port), index.network(port.networkId)?.name, addressText(port)].filter(Boolean).join(' · ')
  return { value: existingPort(port.id), label: reason === null ? where : `${where}: ${reason}`, group: PORTS, isDisabled: reason !== null }
}
