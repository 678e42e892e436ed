// What the palette finds: objects of the design by name, UUID prefix, MAC, address and device name. Pure.

import { routes } from '@/components/lib/routes'
import { indexTopology, portLabel, trunkLabel, type TopologyIndex } from '@/components/lib/topology-index'
import { dhcpNamespace, qbrName, qvbName, qvoName, spiName, sptName, tapName, tpiName, tptName, trunkBridgeName } from '@/server/core/naming'
import { plural } from '@/server/core/explain/words'
import type { Topology } from '@/server/core/topology/topology'

export interface PaletteEntry {
  readonly id: string
  readonly group: string
  readonly label: string
  /** Second, quieter text: where it is. */
  readonly hint: string
  /** Everything else it is found by, lower case. */
  readonly keys: readonly string[]
  readonly href: string
}

export interface PaletteHit {
  readonly entry: PaletteEntry
  /** The key that matched, when it was neither label nor hint: shown, so that the hit explains itself. */
  readonly by: string | null
}

const HIT_LIMIT = 40

export function paletteEntries(topology: Topology): PaletteEntry[] {
  const index = indexTopology(topology, [])
  const nameOf = (list: readonly { readonly id: string; readonly name: string }[], id: string | null) =>
    list.find((each) => each.id === id)?.name ?? ''
  const entry = (
    group: string,
    id: string,
    label: string,
    hint: string,
    keys: readonly string[],
    href: string,
  ): PaletteEntry => ({
    id,
    group,
    label: label || id.slice(0, 8),
    hint,
    keys: [id, ...keys].map((key) => key.toLowerCase()),
    href,
  })
  return [
    ...topology.hosts.map((host) =>
      entry(
        'Hosts',
        host.id,
        host.name,
        host.tunnel?.address ?? '',
        host.bridgeMappings.map(({ bridge }) => bridge),
        routes.host(host.id),
      ),
    ),
    ...topology.networks.map((network) =>
      entry(
        'Networks',
        network.id,
        network.name,
        `${network.type} in ${nameOf(topology.projects, network.projectId)}`,
        [dhcpNamespace(network.id), ...(network.segmentationId === null ? [] : [String(network.segmentationId)])],
        routes.networks({ selected: network.id }),
      ),
    ),
    ...topology.subnets.map((subnet) =>
      entry('Subnets', subnet.id, subnet.name || subnet.cidr, subnet.cidr, [], routes.networks({ selected: subnet.id })),
    ),
    ...topology.vms.map((vm) =>
      entry(
        'VMs',
        vm.id,
        vm.name,
        `on ${nameOf(topology.hosts, vm.hostId)}`,
        [],
        routes.networks({ tab: 'vms', selected: vm.id }),
      ),
    ),
    ...topology.ports.map((port) =>
      entry(
        'Ports',
        port.id,
        portLabel(index, port),
        port.fixedIps.map(({ ipAddress }) => ipAddress).join(', ') || nameOf(topology.networks, port.networkId),
        [port.macAddress, ...deviceNames(index, port.id)],
        routes.networks({ tab: 'ports', selected: port.id }),
      ),
    ),
    ...topology.trunks.map((trunk) =>
      entry(
        'Trunks',
        trunk.id,
        trunkLabel(index, trunk),
        plural(trunk.subPorts.length, 'subport'),
        [trunkBridgeName(trunk.id)],
        routes.trunk(trunk.id),
      ),
    ),
  ]
}

/** A subport has no devices but its patch pair; a parent has both. */
function deviceNames(index: TopologyIndex, id: string): string[] {
  if (index.memberOf(id)) return [sptName(id), spiName(id)]
  const plug = [tapName(id), qbrName(id), qvbName(id), qvoName(id)]
  return index.trunkOf(id) ? [...plug, tptName(id), tpiName(id)] : plug
}

/** Prefixes first, then anything that contains the words. */
export function findEntries(entries: readonly PaletteEntry[], query: string): PaletteHit[] {
  const text = query.trim().toLowerCase()
  if (text === '') return entries.slice(0, HIT_LIMIT).map((entry) => ({ entry, by: null }))
  return entries
    .map((entry) => ({ entry, ...rank(entry, text) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, HIT_LIMIT)
    .map(({ entry, by }) => ({ entry, by }))
}

function rank(entry: PaletteEntry, text: string): { readonly score: number; readonly by: string | null } {
  const shown = [entry.label.toLowerCase(), entry.hint.toLowerCase()]
  if (shown.some((each) => each.startsWith(text))) return { score: 3, by: null }
  const key = entry.keys.find((each) => each.startsWith(text))
  if (key) return { score: 2, by: key }
  if (shown.some((each) => each.includes(text))) return { score: 1, by: null }
  const part = text.length > 2 ? entry.keys.find((each) => each.includes(text)) : undefined
  return { score: part ? 1 : 0, by: part ?? null }
}
