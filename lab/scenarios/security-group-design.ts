// The design of the scenario of security groups: one VXLAN network over two Open vSwitch hosts and a Linux bridge host, and in it four VMs of two
// projects. What each may do to the others is in their groups alone.

import { qvbName, tapName } from '@/server/core/naming'
import type { LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { defaultGroupOf, eraseNetwork, registerHosts, type HostAgents } from './design'
import type { LabGuest } from './guest'
import { drawVm } from './trunk-design'

export const AGENTS: HostAgents = { net1: 'openvswitch', cmp1: 'openvswitch', cmp2: 'linuxbridge' }

/** Alice and Bob are in their project's default group, the web server in a group of its own; the stranger's is another project. */
const HOSTS = { alice: 'cmp1', bob: 'cmp2', web: 'net1', stranger: 'cmp1' } as const
export type Name = keyof typeof HOSTS
const NAMES = Object.keys(HOSTS) as Name[]

export interface Machine {
  readonly guest: LabGuest
  readonly portId: string
  readonly address: string
  readonly macAddress: string
  readonly tap: string
  readonly qvb: string
}

export interface SecurityGroupDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly networkId: string
  readonly groupIds: {
    readonly own: string
    readonly clients: string
    readonly web: string
    readonly inside: string
    readonly empty: string
  }
  readonly machines: Readonly<Record<Name, Machine>>
}

/** What the web server's group lets in from the group of clients, and from Alice's address alone. */
export const WEB_PORTS = { from: 8000, to: 8002 } as const
export const ALICES_PORT = 5000
/** Where the web server may go. */
export const INNER_PORT = 7001

/** Three namespaces, and so no host that has to be emulated: this machine's kernel has what a Linux bridge host needs for VXLAN. */
export const withCompute = (lab: LabStatus): LabStatus => ({
  ...lab,
  hosts: lab.hosts.map((host) => (host.name === 'net1' ? { ...host, roles: ['compute', 'network'] } : host)),
})

export async function drawSecurityGroupDesign(api: Api, lab: LabStatus): Promise<SecurityGroupDesign> {
  const hostIds = await registerHosts(api, withCompute(lab), false, AGENTS)
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const { id: otherId } = await api.projects.create({ name: 'others' })
  const { id: networkId } = await api.networks.create({ projectId, name: 'vxlan network', type: 'vxlan', physicalNetworkId: null })
  await api.subnets.create({ networkId, name: 'subnet', cidr: '10.0.30.0/24' })
  for (const name of NAMES) {
    const wanted = { projectId: name === 'stranger' ? otherId : projectId, name, host: HOSTS[name], nics: [{ networkId }] }
    await drawVm(api, lab, hostIds, wanted)
  }
  const machines = await findMachines(api, lab)
  const groupIds = await drawGroups(api, projectId, machines)
  await api.ports.update({ id: machines.alice.portId, patch: { securityGroupIds: [groupIds.own, groupIds.clients] } })
  await api.ports.update({ id: machines.bob.portId, patch: { securityGroupIds: [groupIds.own, groupIds.inside] } })
  await api.ports.update({ id: machines.web.portId, patch: { securityGroupIds: [groupIds.web] } })
  return { hostIds, networkId, groupIds, machines }
}

async function findMachines(api: Api, lab: LabStatus): Promise<SecurityGroupDesign['machines']> {
  const { topology } = await api.topology.get()
  const entries = NAMES.map((name): [Name, Machine] => {
    const { id: vmId, portIds } = topology.vms.find((vm) => vm.name === name)!
    const { id: portId, fixedIps, macAddress } = topology.ports.find(({ id }) => id === portIds[0])!
    const guest = { lab: lab.name, host: HOSTS[name], vmId }
    return [name, { guest, portId, address: fixedIps[0]!.ipAddress, macAddress, tap: tapName(portId), qvb: qvbName(portId) }]
  })
  return Object.fromEntries(entries) as Record<Name, Machine>
}

async function drawGroups(
  api: Api,
  projectId: string,
  { alice, bob }: SecurityGroupDesign['machines'],
): Promise<SecurityGroupDesign['groupIds']> {
  const create = async (name: string): Promise<string> => (await api.securityGroups.create({ projectId, name })).id
  const own = (await defaultGroupOf(api, projectId)).id
  const [clients, web, inside, empty] = [await create('clients'), await create('web'), await create('inside'), await create('empty')]
  const ipv4 = { etherType: 'IPv4' } as const
  await dropRules(api, web)
  await dropRules(api, empty)
  await api.securityGroups.addRules({
    id: web,
    rules: [
      { ...ipv4, direction: 'ingress', protocol: 'tcp', portRangeMin: WEB_PORTS.from, portRangeMax: WEB_PORTS.to, remoteGroupId: clients },
      {
        ...ipv4,
        direction: 'ingress',
        protocol: 'udp',
        portRangeMin: ALICES_PORT,
        portRangeMax: ALICES_PORT,
        remoteIpPrefix: `${alice.address}/32`,
      },
      { ...ipv4, direction: 'ingress', protocol: 'icmp', portRangeMin: 8, remoteGroupId: clients },
      { etherType: 'IPv6', direction: 'ingress', protocol: 'ipv6-icmp' },
      {
        ...ipv4,
        direction: 'egress',
        protocol: 'tcp',
        portRangeMin: INNER_PORT,
        portRangeMax: INNER_PORT,
        remoteIpPrefix: `${bob.address}/32`,
      },
    ],
  })
  await api.securityGroups.addRules({ id: inside, rules: [{ ...ipv4, direction: 'ingress', remoteGroupId: web }] })
  return { own, clients, web, inside, empty }
}

/** A new group lets everything out. */
async function dropRules(api: Api, id: string): Promise<void> {
  const { rules } = (await api.topology.get()).topology.securityGroups.find((group) => group.id === id)!
  await api.securityGroups.removeRules({ id, ruleIds: rules.map((rule) => rule.id) })
}

export async function eraseSecurityGroupDesign(api: Api, { hostIds, networkId, groupIds }: SecurityGroupDesign): Promise<void> {
  const { vms } = (await api.topology.get()).topology
  await eraseNetwork(api, { vmIds: vms.map(({ id }) => id), networkId })
  // In this order: a group stays while a rule of another names it.
  for (const id of [groupIds.inside, groupIds.web, groupIds.clients, groupIds.empty]) await api.securityGroups.remove({ id })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}
