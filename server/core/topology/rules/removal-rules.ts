// What stands in the way of taking an object out of the design (reference §17, deletion). Automatic ports (DHCP) never do.

import { joinWords, listNames, quoted } from '../find'
import { labelPort, labelTrunk, labelUplink } from '../labels'
import type { Host, Network, PhysicalNetwork, Port, Project, Subnet, Topology, Trunk } from '../topology'
import { conflict, type Violation } from '../violation'
import { userPortsOn } from './host-use-rules'

interface Named {
  readonly name: string
}

function refuse(rule: string, sentence: string, inTheWay: readonly Named[]): Violation[] {
  const names = inTheWay.map((each) => each.name)
  return names.length === 0 ? [] : [conflict(rule, null, `${sentence}: ${listNames(inTheWay)}.`, names)]
}

export function checkProjectRemoval(topology: Topology, project: Project): Violation[] {
  const trunks = topology.trunks.map((trunk) => ({ projectId: trunk.projectId, name: labelTrunk(topology, trunk) }))
  const inTheWay = [...topology.networks, ...topology.vms, ...trunks].filter((each) => each.projectId === project.id)
  return refuse('project-empty', `Project ${quoted(project.name)} still has networks, VMs or trunks`, inTheWay)
}

export function checkPhysicalNetworkRemoval(topology: Topology, { id, name }: PhysicalNetwork): Violation[] {
  const { networks, hosts, physicalNetworks, nestedUplinks } = topology
  const users = networks.filter((network) => network.physicalNetworkId === id)
  const mapped = hosts.filter((host) => host.bridgeMappings.some((mapping) => mapping.physicalNetworkId === id))
  return [
    ...refuse('physical-network-unused', `Physical network ${quoted(name)} still carries networks`, users),
    ...refuse('physical-network-carries', `Physical network ${quoted(name)} still carries`, [
      ...physicalNetworks.filter((other) => other.carrierId === id),
      ...nestedUplinks.filter((uplink) => uplink.physicalNetworkId === id).map((uplink) => ({ name: labelUplink(topology, uplink) })),
    ]),
    ...refuse('physical-network-unmapped', `Physical network ${quoted(name)} is still mapped to a bridge on hosts`, mapped),
  ]
}

export function checkNetworkRemoval(topology: Topology, network: Network): Violation[] {
  const users = userPorts(topology).filter((port) => port.networkId === network.id)
  return refuse('network-without-ports', `Network ${quoted(network.name)} still has ports`, named(topology, users))
}

export function checkSubnetRemoval(topology: Topology, subnet: Subnet): Violation[] {
  const users = userPorts(topology).filter((port) => port.fixedIps.some((fixedIp) => fixedIp.subnetId === subnet.id))
  return refuse('subnet-without-ports', `Ports still have addresses of subnet ${quoted(subnet.name)}`, named(topology, users))
}

export function checkPortRemoval(topology: Topology, port: Port): Violation[] {
  const vm = topology.vms.find((each) => each.portIds.includes(port.id))
  if (vm) return [conflict('port-of-vm', null, `The port belongs to VM ${quoted(vm.name)}; it goes when the VM goes.`, [vm.name])]
  const trunk = topology.trunks.find((each) => each.portId === port.id || each.subPorts.some((subPort) => subPort.portId === port.id))
  if (trunk) return [refuseTrunkPort(topology, port, trunk)]
  return checkNotAutomatic(topology, port)
}

function refuseTrunkPort(topology: Topology, port: Port, trunk: Trunk): Violation {
  const [role, name] = [trunk.portId === port.id ? 'the parent' : 'a subport', labelTrunk(topology, trunk)]
  const wayOut = trunk.portId === port.id ? 'Delete the trunk first.' : 'Take it out of the trunk first.'
  return conflict('port-of-trunk', null, `The port is ${role} of ${quoted(name)}. ${wayOut}`, [name])
}

/** DHCP ports follow the subnets' DHCP switch and the network hosts; nobody edits them. */
export function checkNotAutomatic(topology: Topology, port: Port): Violation[] {
  if (port.deviceOwner !== 'network:dhcp') return []
  return [conflict('port-automatic', null, 'This port is the DHCP server\'s; it comes and goes with DHCP on its subnets.', [labelPort(topology, port)])]
}

export function checkHostRemoval(topology: Topology, host: Host): Violation[] {
  const vms = topology.vms.filter((vm) => vm.hostId === host.id)
  if (vms.length > 0) return refuse('host-without-vms', `Host ${quoted(host.name)} still has VMs`, vms)
  const names = userPortsOn(topology, host).map((port) => labelPort(topology, port))
  if (names.length === 0) return []
  return [conflict('host-without-ports', null, `Ports are still bound to host ${quoted(host.name)}: ${joinWords(names.map(quoted))}.`, names)]
}

const userPorts = ({ ports }: Topology): Port[] => ports.filter((port) => port.deviceOwner !== 'network:dhcp')
const named = (topology: Topology, ports: readonly Port[]): Named[] => ports.map((port) => ({ name: labelPort(topology, port) }))
