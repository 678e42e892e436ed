// Rules of trunks (reference §11.3; Neutron's services/trunk/rules.py and models.py).

import { traitsOf } from '../../agents/agent-traits'
import { findById, joinWords, othersThan, quoted, subPortOf } from '../find'
import { labelPort, labelTrunk } from '../labels'
import type { Network, Port, SubPort, Topology, Trunk } from '../topology'
import { conflict, invalid, missing, type Violation } from '../violation'
import { checkBinding } from './binding-rules'
import { checkName } from './names'
import { MAX_VLAN_ID, MIN_VLAN_ID } from './segment-rules'

/** `topology` may hold the trunk's former self. */
export function checkTrunk(topology: Topology, trunk: Trunk): Violation[] {
  const others = { ...topology, trunks: othersThan(topology.trunks, trunk) }
  return [
    ...checkName(trunk.name, { mayBeEmpty: true }),
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
    return [conflict('trunk-parent-device', 'portId', `${quoted(label)} is a port of the console's own; the parent of a trunk is a VM's.`, [label])]
  }
  const taken = others.trunks.find((other) => other.portId === parent.id)
  if (taken) {
    const name = labelTrunk(others, taken)
    return [conflict('trunk-parent-unique', 'portId', `${quoted(label)} is the parent of ${quoted(name)} already; a port has one trunk.`, [name])]
  }
  const member = subPortOf(others, parent.id)
  if (!member) return []
  const name = labelTrunk(others, member.trunk)
  return [conflict('trunk-no-nesting', 'portId', `${quoted(label)} is a subport of ${quoted(name)}; trunks do not nest.`, [name])]
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
  const sentence = `VLAN ${segmentationId} of this trunk is taken by ${quoted(label)}; each subport has an id of its own.`
  return [conflict('trunk-segmentation-unique', `${field}.segmentationId`, sentence, [label])]
}

export const wrongSegmentationId = (field: string): Violation =>
  invalid('trunk-segmentation-range', field, `The segmentation id of a subport is a whole number from ${MIN_VLAN_ID} to ${MAX_VLAN_ID}.`)

function checkSubPort(others: Topology, trunk: Trunk, { portId }: SubPort, index: number, subPortField: string): Violation[] {
  const field = `${subPortField}.portId`
  const port = findById(others.ports, portId)
  if (!port) return [missing('port', field)]
  const label = labelPort(others, port)
  if (trunk.subPorts.slice(0, index).some((other) => other.portId === portId)) {
    return [invalid('subport-listed-once', field, `${quoted(label)} is listed twice.`)]
  }
  return [
    ...checkNotNested(others, trunk, port, label, field),
    ...checkFree(others, port, label, field),
    ...checkSubPortMtu(others, trunk, port, field),
    ...checkBinding(others, port.networkId, findById(others.ports, trunk.portId)?.hostId ?? null, field),
  ]
}

function checkNotNested(others: Topology, trunk: Trunk, port: Port, label: string, field: string): Violation[] {
  if (port.id === trunk.portId) return [conflict('trunk-no-nesting', field, `${quoted(label)} is the parent of this trunk.`, [label])]
  const parentOf = others.trunks.find((other) => other.portId === port.id)
  if (!parentOf) return []
  const name = labelTrunk(others, parentOf)
  return [conflict('trunk-no-nesting', field, `${quoted(label)} is the parent of ${quoted(name)}; trunks do not nest.`, [name])]
}

function checkFree(others: Topology, port: Port, label: string, field: string): Violation[] {
  const member = subPortOf(others, port.id)
  if (member) {
    const name = labelTrunk(others, member.trunk)
    return [conflict('subport-unique', field, `${quoted(label)} is a subport of ${quoted(name)} already.`, [name])]
  }
  if (port.deviceId === '' && (port.deviceOwner === '' || port.deviceOwner === 'trunk:subport')) return []
  return [conflict('subport-without-device', field, `${quoted(label)} is used by a device; a subport has none.`, [label])]
}

/** Frames of the subport cross the parent's devices, which have the MTU of the parent's network. */
function checkSubPortMtu(topology: Topology, trunk: Trunk, port: Port, field: string): Violation[] {
  const parent = findById(topology.ports, trunk.portId)
  const [own, carrying] = [findById(topology.networks, port.networkId), findById(topology.networks, parent?.networkId)]
  if (!own || !carrying || own.mtu <= carrying.mtu) return []
  const sentence = `Network ${quoted(own.name)} has MTU ${own.mtu}, the parent's network ${quoted(carrying.name)} carries ${carrying.mtu}. Lower the former.`
  return [conflict('subport-mtu', field, sentence, [own.name, carrying.name])]
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
  const sentence = `With an MTU of ${network.mtu} a subport's network would exceed its parent's in ${joinWords(names.map(quoted))}.`
  return [conflict('subport-mtu', 'mtu', sentence, names)]
}

/**
 * Neutron's OVS driver cannot turn a port into a parent once its VM has booted (reference §11.1): the NIC would have to move
 * to another bridge under the running guest. Linux bridge can: a VLAN interface on the tap is all. A VM that is only designed,
 * or that is off every host, is free to change.
 */
export function checkParentNotBooted(topology: Topology, trunk: Trunk, applied: Topology): Violation[] {
  const vm = applied.vms.find((each) => each.portIds.includes(trunk.portId))
  if (!vm || !topology.vms.some((each) => each.id === vm.id)) return []
  const host = findById(topology.hosts, vm.hostId)
  if (host && traitsOf(host).canTrunkRunningPort) return []
  const sentence = `The port is bound: VM ${quoted(vm.name)} has booted with it, and Open vSwitch cannot turn it into a trunk. Make the trunk first, then the VM.`
  return [conflict('trunk-parent-bound', 'portId', sentence, [vm.name])]
}

export function checkTrunkUnlocked(topology: Topology, trunk: Trunk): Violation[] {
  if (trunk.isAdminStateUp) return []
  const name = labelTrunk(topology, trunk)
  return [conflict('trunk-admin-state', null, `${quoted(name)} is administratively down and cannot be changed. Set it up first.`, [name])]
}

const labelById = (topology: Topology, portId: string): string => {
  const port = findById(topology.ports, portId)
  return port ? labelPort(topology, port) : portId
}
