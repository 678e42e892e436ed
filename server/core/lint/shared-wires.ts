// Physical networks on one wire must be told apart by every frame: by VLAN id, and by the MAC addresses of their ports.
// Reference §15: a provider bridge floods a frame to br-int; if its VLAN id is one of that cloud's own, int-br translates it and
// it arrives in a network it never belonged to. A frame with any other id ends at br-int's table 0, priority 2.

import { quoted } from '../topology/find'
import { DVR_MAC_BASE, UPLINK_MAC_BASE } from '../topology/mac'
import type { Network, PhysicalNetwork, Topology } from '../topology/topology'
import { macBaseOf, wireOf } from '../topology/wire'
import type { Note, NoteObject } from './note'

type Range = PhysicalNetwork['vlanRanges'][number]

export function checkWires(topology: Topology): Note[] {
  return [
    ...topology.physicalNetworks.flatMap(checkReservedBase),
    ...pairsOnOneWire(topology).flatMap(([one, other]) => [
      ...checkRanges(one, other),
      ...checkNetworksInRange(topology, one, other),
      ...checkNetworksInRange(topology, other, one),
      ...checkSegments(topology, one, other),
      ...checkMacBases(one, other),
    ]),
  ]
}

type Pair = readonly [PhysicalNetwork, PhysicalNetwork]

function pairsOnOneWire(topology: Topology): Pair[] {
  const { physicalNetworks } = topology
  // Without a carrier there is nothing to share; most designs stop here.
  if (physicalNetworks.every(({ carrierId }) => carrierId === undefined)) return []
  return physicalNetworks.flatMap((one, index) =>
    physicalNetworks.slice(index + 1).flatMap((other): Pair[] => (wireOf(topology, one).id === wireOf(topology, other).id ? [[one, other]] : [])),
  )
}

const about = ({ id, name }: PhysicalNetwork): NoteObject => ({ kind: 'physicalNetwork', id, name })
const aboutNetwork = ({ id, name }: Network): NoteObject => ({ kind: 'network', id, name })
const error = (rule: string, message: string, objects: readonly NoteObject[]): Note => ({ rule, severity: 'error', message, objects })

const share = (one: PhysicalNetwork, other: PhysicalNetwork): string => `${quoted(one.name)} and ${quoted(other.name)} share a wire`
const INJECTED = 'the provider bridge of either cloud floods such a frame to br-int, which takes it for its own network: frames would be injected into a foreign network'

function checkRanges(one: PhysicalNetwork, other: PhysicalNetwork): Note[] {
  return one.vlanRanges.flatMap((range) =>
    other.vlanRanges.flatMap((against) => {
      const common = meet(range, against)
      return common ? [error('wire-vlan-ranges', `${share(one, other)}, and the VLAN ranges of both have ${printRange(common)}: ${INJECTED}.`, [about(one), about(other)])] : []
    }),
  )
}

function meet(one: Range, other: Range): Range | null {
  const common = { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) }
  return common.min <= common.max ? common : null
}

const printRange = ({ min, max }: Range): string => (min === max ? `VLAN ${min}` : `VLANs ${min} to ${max}`)

const networksOn = ({ networks }: Topology, { id }: PhysicalNetwork): Network[] => networks.filter((network) => network.physicalNetworkId === id)

/** A network may lie outside the ranges of its own physical network (reference §17); then it still may not lie in the other's. */
function checkNetworksInRange(topology: Topology, ranged: PhysicalNetwork, other: PhysicalNetwork): Note[] {
  return networksOn(topology, other).flatMap((network) => {
    const id = network.type === 'vlan' ? network.segmentationId : null
    const isInside = id !== null && ranged.vlanRanges.some(({ min, max }) => min <= id && id <= max)
    // Then the ranges themselves meet, which is said above.
    const isOwn = id !== null && other.vlanRanges.some(({ min, max }) => min <= id && id <= max)
    if (!isInside || isOwn) return []
    const message = `${share(ranged, other)}, and network ${quoted(network.name)} of ${quoted(other.name)} has VLAN ${id}, which is in the ranges of ${quoted(ranged.name)}: ${INJECTED}.`
    return [error('wire-vlan-in-range', message, [about(ranged), about(other), aboutNetwork(network)])]
  })
}

function checkSegments(topology: Topology, one: PhysicalNetwork, other: PhysicalNetwork): Note[] {
  const others = networksOn(topology, other)
  return networksOn(topology, one).flatMap((network) =>
    others
      .filter(({ type, segmentationId }) => type === network.type && segmentationId === network.segmentationId)
      .map((same) => {
        const wearing = network.type === 'flat' ? 'are both untagged' : `both have VLAN ${network.segmentationId}`
        const message = `${share(one, other)}, and networks ${quoted(network.name)} and ${quoted(same.name)} on it ${wearing}: ${INJECTED}.`
        return error('wire-segment', message, [about(one), about(other), aboutNetwork(network), aboutNetwork(same)])
      }),
  )
}

/** Random addresses of one base meet sooner or later; br-data learns them without regard to VLANs and sends frames to the wrong cloud. */
function checkMacBases(one: PhysicalNetwork, other: PhysicalNetwork): Note[] {
  const base = macBaseOf(one)
  if (base !== macBaseOf(other)) return []
  const message = `${share(one, other)}, and the ports of both get MAC addresses of ${base}: two clouds that know nothing of each other would give the same address twice, and bridges between them take it for one port: frames would be injected into a foreign network.`
  return [error('wire-mac-base', message, [about(one), about(other)])]
}

function checkReservedBase(physicalNetwork: PhysicalNetwork): Note[] {
  const base = macBaseOf(physicalNetwork)
  const use = base === DVR_MAC_BASE ? 'the routers of hosts' : base === UPLINK_MAC_BASE ? 'the NICs of nested uplinks' : null
  if (use === null) return []
  return [error('mac-base-reserved', `${base} is where the console takes the addresses of ${use} from; give ${quoted(physicalNetwork.name)} another MAC base.`, [about(physicalNetwork)])]
}
