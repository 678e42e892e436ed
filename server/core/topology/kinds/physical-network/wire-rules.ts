// Rules of wires that physical networks share: carriers, what their hosts need to reach them, and every error of lint that an
// edited object has part in.

import { hasPart, partsOf } from '../../../finding'
import type { LintFinding } from '../../../lint/lint-params'
import { checkWires } from '../../../lint/shared-wires'
import { findById, put } from '../../find'
import { isMulticastMac, normalizeMacBase } from '../../mac'
import type { Topology } from '../../topology'
import type { BridgeMapping, Host } from '../host/host'
import type { Network } from '../network/network'
import type { PhysicalNetwork } from './physical-network'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { carriersOf, isCarried, uplinkTo, vmOfHost } from '../../wire'

const FIELDS: Readonly<Record<string, string>> = { 'wire-mac-base': 'macBase', 'mac-base-reserved': 'macBase', 'wire-segment': 'carrierId' }

/** `topology` may hold its former self. */
export function checkCarrier(topology: Topology, physicalNetwork: PhysicalNetwork): Violation[] {
  const next = { ...topology, physicalNetworks: put(topology.physicalNetworks, physicalNetwork) }
  const shape = [...checkMacBase(physicalNetwork), ...checkCarrierChain(next, physicalNetwork)]
  if (shape.length > 0) return shape
  return [
    ...checkCarrierMtu(next, physicalNetwork),
    ...checkInnerHosts(next, physicalNetwork),
    ...refuseFindings(topology, next, physicalNetwork.id),
  ]
}

/** A network that would meet another one on the wire. */
export function checkNetworkWire(topology: Topology, network: Network): Violation[] {
  const next = { ...topology, networks: put(topology.networks, network) }
  const field = network.type === 'flat' ? 'physicalNetworkId' : 'segmentationId'
  return errorsOf(next).flatMap((finding) => (hasPart(finding, network.id) ? [refuse(finding, network.id, field)] : []))
}

/** Also what it brings onto another wire: a move takes along all that it carries. Former errors of others are not its fault. */
function refuseFindings(topology: Topology, next: Topology, id: string): Violation[] {
  const former = new Set(errorsOf(topology).map(keyOf))
  return errorsOf(next).flatMap((finding) => {
    if (hasPart(finding, id)) return [refuse(finding, id, FIELDS[finding.code] ?? 'vlanRanges')]
    return former.has(keyOf(finding)) ? [] : [refuse(finding, id, 'carrierId')]
  })
}

const errorsOf = (topology: Topology): LintFinding[] => checkWires(topology).filter(({ severity }) => severity === 'error')
const keyOf = (finding: LintFinding): string => [finding.code, ...partsOf(finding).map(({ id }) => id)].join(' ')

function refuse(finding: LintFinding, id: string, field: string): Violation {
  const others = partsOf(finding)
    .filter((part) => part.id !== id)
    .map(({ name }) => name)
  return conflict(finding.code, field, { finding }, others)
}

/** An address below it may be no address at all. */
const ZERO_MAC_BASE = '00:00:00'

function checkMacBase({ macBase }: PhysicalNetwork): Violation[] {
  if (macBase === undefined || (normalizeMacBase(macBase) === macBase && !isMulticastMac(macBase) && macBase !== ZERO_MAC_BASE)) return []
  return [invalid('mac-base-form', 'macBase', {})]
}

function checkCarrierChain(next: Topology, physicalNetwork: PhysicalNetwork): Violation[] {
  if (!isCarried(physicalNetwork)) return []
  const chain = carriersOf(next, physicalNetwork)
  const last = chain.at(-1)!
  if (!isCarried(last)) return []
  if (!findById(next.physicalNetworks, last.carrierId)) return [missing('physicalNetwork', 'carrierId')]
  const names = chain.map(({ name }) => name)
  return [
    conflict(
      'carrier-ring',
      'carrierId',
      { physicalNetwork: physicalNetwork.name, chain: [...names, physicalNetwork.name] },
      names.slice(1),
    ),
  ]
}

/** Both ways: what it carries, and what carries it. */
function checkCarrierMtu({ physicalNetworks }: Topology, physicalNetwork: PhysicalNetwork): Violation[] {
  const carrier = findById(physicalNetworks, physicalNetwork.carrierId)
  const tooLarge = [
    ...(carrier && physicalNetwork.mtu > carrier.mtu ? [[physicalNetwork, carrier] as const] : []),
    ...physicalNetworks
      .filter(({ carrierId, mtu }) => carrierId === physicalNetwork.id && mtu > physicalNetwork.mtu)
      .map((carried) => [carried, physicalNetwork] as const),
  ]
  return tooLarge.map(([carried, on]) =>
    conflict('carrier-mtu', 'mtu', { carried: carried.name, mtu: carried.mtu, carrier: on.name, carries: on.mtu }, [
      carried.id === physicalNetwork.id ? on.name : carried.name,
    ]),
  )
}

function checkInnerHosts(next: Topology, physicalNetwork: PhysicalNetwork): Violation[] {
  return next.hosts.flatMap((host) =>
    host.bridgeMappings.flatMap((mapping) =>
      mapping.physicalNetworkId === physicalNetwork.id ? checkInnerWire(next, host, mapping, 'carrierId') : [],
    ),
  )
}

/** A host that is a VM has no wire but through nested uplinks, so each of its physical networks must say which one it rides on. */
export function checkInnerWire(topology: Topology, host: Host, { physicalNetworkId }: BridgeMapping, field: string): Violation[] {
  const [vm, physicalNetwork] = [vmOfHost(topology, host), findById(topology.physicalNetworks, physicalNetworkId)]
  if (!vm || !physicalNetwork || uplinkTo(topology, host, physicalNetworkId)) return []
  const carrier = findById(topology.physicalNetworks, physicalNetwork.carrierId)
  const wanted = { host: host.name, vm: vm.name, physicalNetwork: physicalNetwork.name, carrier: carrier?.name ?? null }
  return [conflict('inner-wire', field, wanted, [physicalNetwork.name])]
}
