// Physical networks on one wire must be told apart by every frame: by VLAN id, and by the MAC addresses of their ports.
// docs/reference/nested-uplinks.md: a provider bridge floods a frame to br-int; if its VLAN id is one of that cloud's own, int-br
// translates it and it arrives in a network it never belonged to. A frame with any other id ends at br-int's table 0, priority 2.

import type { Coded, Subject } from '../finding'
import { DVR_MAC_BASE, UPLINK_MAC_BASE } from '../topology/mac'
import type { Network } from '../topology/kinds/network/network'
import type { PhysicalNetwork } from '../topology/kinds/physical-network/physical-network'
import type { Topology } from '../topology/topology'
import { macBaseOf, wireOf } from '../topology/wire'
import type { LintFinding, LintParams } from './lint-params'

type Range = PhysicalNetwork['vlanRanges'][number]

export function checkWires(topology: Topology): LintFinding[] {
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
    physicalNetworks
      .slice(index + 1)
      .flatMap((other): Pair[] => (wireOf(topology, one).id === wireOf(topology, other).id ? [[one, other]] : [])),
  )
}

const about = ({ id, name }: PhysicalNetwork): Subject => ({ kind: 'physicalNetwork', id, name })
const aboutNetwork = ({ id, name }: Network): Subject => ({ kind: 'network', id, name })
const error = (subject: Subject, others: readonly Subject[], found: Coded<LintParams>): LintFinding => ({
  severity: 'error',
  subject,
  others,
  ...found,
})

function checkRanges(one: PhysicalNetwork, other: PhysicalNetwork): LintFinding[] {
  return one.vlanRanges.flatMap((range) =>
    other.vlanRanges.flatMap((against) => {
      const common = meet(range, against)
      return common ? [error(about(one), [about(other)], { code: 'wire-vlan-ranges', params: { other: other.name, ...common } })] : []
    }),
  )
}

function meet(one: Range, other: Range): Range | null {
  const common = { min: Math.max(one.min, other.min), max: Math.min(one.max, other.max) }
  return common.min <= common.max ? common : null
}

const networksOn = ({ networks }: Topology, { id }: PhysicalNetwork): Network[] =>
  networks.filter((network) => network.physicalNetworkId === id)

/** A network may lie outside the ranges of its own physical network; then it still may not lie in the other's. */
function checkNetworksInRange(topology: Topology, ranged: PhysicalNetwork, other: PhysicalNetwork): LintFinding[] {
  return networksOn(topology, other).flatMap((network) => {
    const id = network.type === 'vlan' ? network.segmentationId : null
    const isInside = id !== null && ranged.vlanRanges.some(({ min, max }) => min <= id && id <= max)
    // Then the ranges themselves meet, which is said above.
    const isOwn = id !== null && other.vlanRanges.some(({ min, max }) => min <= id && id <= max)
    if (!isInside || isOwn) return []
    return [
      error(about(ranged), [about(other), aboutNetwork(network)], {
        code: 'wire-vlan-in-range',
        params: { other: other.name, network: network.name, vlan: id },
      }),
    ]
  })
}

function checkSegments(topology: Topology, one: PhysicalNetwork, other: PhysicalNetwork): LintFinding[] {
  const others = networksOn(topology, other)
  return networksOn(topology, one).flatMap((network) =>
    others
      .filter(({ type, segmentationId }) => type === network.type && segmentationId === network.segmentationId)
      .map((same) =>
        error(about(one), [about(other), aboutNetwork(network), aboutNetwork(same)], {
          code: 'wire-segment',
          params: { other: other.name, networks: [network.name, same.name], vlan: network.segmentationId },
        }),
      ),
  )
}

/** Random addresses of one base meet sooner or later; br-data learns them without regard to VLANs and sends frames to the wrong cloud. */
function checkMacBases(one: PhysicalNetwork, other: PhysicalNetwork): LintFinding[] {
  const base = macBaseOf(one)
  if (base !== macBaseOf(other)) return []
  return [error(about(one), [about(other)], { code: 'wire-mac-base', params: { other: other.name, macBase: base } })]
}

function checkReservedBase(physicalNetwork: PhysicalNetwork): LintFinding[] {
  const base = macBaseOf(physicalNetwork)
  const reservedFor = base === DVR_MAC_BASE ? 'routers' : base === UPLINK_MAC_BASE ? 'uplinks' : null
  return reservedFor === null
    ? []
    : [error(about(physicalNetwork), [], { code: 'mac-base-reserved', params: { macBase: base, reservedFor } })]
}
