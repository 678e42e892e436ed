// Rules of trunks (docs/reference/trunks.md).

import { traitsOf } from '../../../agents/agent-traits'
import { findById, othersThan } from '../../find'
import { subPortOf, trunkOfParent, vmOfPort } from '../../lookup'
import { labelPort } from '../port/port-label'
import { labelTrunk } from './trunk-label'
import type { Topology } from '../../topology'
import type { Network } from '../network/network'
import type { Port } from '../port/port'
import type { SubPort, Trunk } from './trunk'
import { conflict, invalid, missing, type Violation } from '../../violation'
import { checkBinding } from '../../rules/binding-rules'
import { checkOptionalName } from '../../rules/names'
import { MAX_VLAN_ID, MIN_VLAN_ID } from '../network/segment-rules'

/** `topology` may hold the trunk's former self. */
export function checkTrunk(topology: Topology, trunk: Trunk): Violation[] {
  const others = { ...topology, trunks: othersThan(topology.trunks, trunk) }
  return [
    ...checkOptionalName(trunk.name),
    ...(findById(topology.projects, trunk.projectId) ? [] : [missing('project', 'projectId')]),
    ...checkParent(others, trunk),
    ...checkSubPorts(others, trunk, trunk.subPorts),
  ]
}

function checkParent(others: Topology, trunk: Trunk): Violation[] {
  const parent = findById(others.ports, trunk.portId)
  if (!parent) return [missing('port', 'portId')]
  const label = labelPort(others, parent)
  if (parent.deviceOwner !== '' && parent.deviceOwner !== 'compute:nova' && !subPortOf(others, parent.id)) {
    return [conflict('trunk-parent-device', 'portId', { port: label }, [label])]
  }
  const taken = trunkOfParent(others.trunks, parent.id)
  if (taken) {
    const name = labelTrunk(others, taken)
    return [conflict('trunk-parent-unique', 'portId', { port: label, trunk: name }, [name])]
  }
  const member = subPortOf(others, parent.id)
  if (!member) return []
  const name = labelTrunk(others, member.trunk)
  return [conflict('trunk-no-nesting', 'portId', { port: label, is: 'subport', trunk: name }, [name])]
}

function checkSubPorts(others: Topology, trunk: Trunk, subPorts: readonly SubPort[]): Violation[] {
  return subPorts.flatMap((subPort, index) => {
    const field = `subPorts.${index}`
    return [...checkSegmentationId(others, trunk, subPort, index, field), ...checkSubPort(others, trunk, subPort, index, field)]
  })
}

export const isVlanId = (id: unknown): id is number =>
  typeof id === 'number' && Number.isInteger(id) && id >= MIN_VLAN_ID && id <= MAX_VLAN_ID

function checkSegmentationId(others: Topology, trunk: Trunk, { segmentationId }: SubPort, index: number, field: string): Violation[] {
  if (!isVlanId(segmentationId)) return [wrongSegmentationId(`${field}.segmentationId`)]
  const earlier = trunk.subPorts.slice(0, index).find((other) => other.segmentationId === segmentationId)
  if (!earlier) return []
  const label = labelById(others, earlier.portId)
  return [conflict('trunk-segmentation-unique', `${field}.segmentationId`, { vlan: segmentationId, port: label }, [label])]
}

export const wrongSegmentationId = (field: string): Violation =>
  invalid('trunk-segmentation-range', field, { least: MIN_VLAN_ID, most: MAX_VLAN_ID })

function checkSubPort(others: Topology, trunk: Trunk, { portId }: SubPort, index: number, subPortField: string): Violation[] {
  const field = `${subPortField}.portId`
  const port = findById(others.ports, portId)
  if (!port) return [missing('port', field)]
  const label = labelPort(others, port)
  if (trunk.subPorts.slice(0, index).some((other) => other.portId === portId)) {
    return [invalid('subport-listed-once', field, { port: label })]
  }
  return [
    ...checkNotNested(others, trunk, port, label, field),
    ...checkFree(others, port, label, field),
    ...checkSubPortMtu(others, trunk, port, field),
    ...checkBinding(others, port.networkId, findById(others.ports, trunk.portId)?.hostId ?? null, field),
  ]
}

function checkNotNested(others: Topology, trunk: Trunk, port: Port, label: string, field: string): Violation[] {
  if (port.id === trunk.portId) return [conflict('trunk-no-nesting', field, { port: label, is: 'parent', trunk: null }, [label])]
  const parentOf = trunkOfParent(others.trunks, port.id)
  if (!parentOf) return []
  const name = labelTrunk(others, parentOf)
  return [conflict('trunk-no-nesting', field, { port: label, is: 'parent', trunk: name }, [name])]
}

function checkFree(others: Topology, port: Port, label: string, field: string): Violation[] {
  const member = subPortOf(others, port.id)
  if (member) {
    const name = labelTrunk(others, member.trunk)
    return [conflict('subport-unique', field, { port: label, trunk: name }, [name])]
  }
  if (port.deviceId === '' && (port.deviceOwner === '' || port.deviceOwner === 'trunk:subport')) return []
  return [conflict('subport-without-device', field, { port: label }, [label])]
}

/** Frames of the subport cross the parent's devices, which have the MTU of the parent's network. */
function checkSubPortMtu(topology: Topology, trunk: Trunk, port: Port, field: string): Violation[] {
  const parent = findById(topology.ports, trunk.portId)
  const [own, carrying] = [findById(topology.networks, port.networkId), findById(topology.networks, parent?.networkId)]
  if (!own || !carrying || own.mtu <= carrying.mtu) return []
  const wide = { network: own.name, mtu: own.mtu, parent: carrying.name, carries: carrying.mtu }
  return [conflict('subport-mtu', field, wide, [own.name, carrying.name])]
}

/** The same, when the MTU of a network is about to change; `topology` holds the network as it will be. */
export function checkNetworkTrunkMtu(topology: Topology, network: Network): Violation[] {
  const broken = topology.trunks.flatMap((trunk) =>
    trunk.subPorts.flatMap(({ portId }) => {
      const port = findById(topology.ports, portId)
      const concerns = port?.networkId === network.id || findById(topology.ports, trunk.portId)?.networkId === network.id
      return port && concerns && checkSubPortMtu(topology, trunk, port, 'mtu').length > 0 ? [labelTrunk(topology, trunk)] : []
    }),
  )
  const names = [...new Set(broken)]
  if (names.length === 0) return []
  return [conflict('subport-mtu', 'mtu', { mtu: network.mtu, trunks: names }, names)]
}

/**
 * Neutron's OVS driver cannot turn a port into a parent once its VM has booted (services/trunk/rules.py, can_be_trunked): the NIC would
 * have to move to another bridge under the running guest. Linux bridge can: a VLAN interface on the tap is all. A VM that is only designed,
 * or that is off every host, is free to change.
 */
export function checkParentNotBooted(topology: Topology, trunk: Trunk, applied: Topology): Violation[] {
  const vm = vmOfPort(applied.vms, trunk.portId)
  if (!vm || !findById(topology.vms, vm.id)) return []
  const host = findById(topology.hosts, vm.hostId)
  if (host && traitsOf(host).canTrunkRunningPort) return []
  return [conflict('trunk-parent-bound', 'portId', { vm: vm.name }, [vm.name])]
}

export function checkTrunkUnlocked(topology: Topology, trunk: Trunk): Violation[] {
  if (trunk.isAdminStateUp) return []
  const name = labelTrunk(topology, trunk)
  return [conflict('trunk-admin-state', null, { trunk: name }, [name])]
}

const labelById = (topology: Topology, portId: string): string => {
  const port = findById(topology.ports, portId)
  return port ? labelPort(topology, port) : portId
}
