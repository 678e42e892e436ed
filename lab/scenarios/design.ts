// Drawing a scenario's design through the API: the lab's hosts, one network with DHCP, a VM on each compute host.

import { DEFAULT_GROUP, type SecurityGroup } from '@/server/core/topology/kinds/security-group/security-group'
import type { AgentKind } from '@/server/core/topology/kinds/host/host'
import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import type { LabHost, LabStatus } from '../lab'
import { haltKernel } from '../topology'
import type { Api } from './console-under-test'

export interface Drawn {
  readonly hostIds: Readonly<Record<string, string>>
  readonly networkId: string
  readonly vmIds: readonly [string, string]
}

const PHYSICAL_NETWORK = 'physnet1'
const CIDR: Record<NetworkType, string> = { flat: '203.0.113.0/24', vlan: '10.0.2.0/24', vxlan: '10.0.3.0/24' }
/** In the flat network the lab's outside client and gateway already use the first addresses. */
const POOLS: Record<NetworkType, readonly { readonly start: string; readonly end: string }[] | null> = {
  flat: [{ start: '203.0.113.100', end: '203.0.113.199' }],
  vlan: null,
  vxlan: null,
}

/** Hosts by name, each with the wiring it gets. Those that are not named take no part. */
export type HostAgents = Readonly<Record<string, AgentKind>>
const allOpenVswitch = ({ hosts }: LabStatus): HostAgents =>
  Object.fromEntries(
    hosts.filter(({ kind, roles }) => kind === 'namespace' && !roles.includes('gateway')).map(({ name }) => [name, 'openvswitch']),
  )
export const hostsOf = ({ hosts }: LabStatus, agents: HostAgents): readonly LabHost[] => hosts.filter(({ name }) => name in agents)

export async function registerHosts(
  api: Api,
  lab: LabStatus,
  hasRestoreUnit = false,
  agents: HostAgents = allOpenVswitch(lab),
): Promise<Readonly<Record<string, string>>> {
  const { id: physicalNetworkId } = await api.physicalNetworks.create({
    name: PHYSICAL_NETWORK,
    mtu: 1500,
    vlanRanges: [{ min: 100, max: 199 }],
  })
  const entries: [string, string][] = []
  for (const host of hostsOf(lab, agents)) {
    const { id } = await registerHost(api, host, physicalNetworkId, hasRestoreUnit, agents[host.name])
    await api.hosts.probe({ id })
    await api.hosts.setPrepared({ id, isPrepared: true })
    entries.push([host.name, id])
  }
  return Object.fromEntries(entries)
}

export async function registerHost(
  api: Api,
  host: LabHost,
  physicalNetworkId: string,
  hasRestoreUnit = false,
  agentKind: AgentKind = 'openvswitch',
): Promise<{ id: string }> {
  const { address, port, user, privateKeyPath, hostKeyFingerprint } = host.ssh
  const shown = await api.hosts.readKey({ address, port })
  if (shown.fingerprint !== hostKeyFingerprint)
    throw new Error(`${host.name} shows ${shown.fingerprint}, the lab says ${hostKeyFingerprint}`)
  return api.hosts.register({
    name: host.name,
    address,
    port,
    user,
    auth: { kind: 'key-file', privateKeyPath },
    fingerprint: shown.fingerprint,
    roles: [...host.roles],
    agentKind,
    // A machine may show /dev/kvm to the practice hosts and still be unable to run a guest with it.
    virtType: 'qemu',
    hasRestoreUnit,
    tunnel: { address: host.tunnelAddress, prefixLength: host.tunnelPrefix, nic: host.tunnelNic, gatewayIp: host.tunnelGateway },
    bridgeMappings: host.physicalNics.map(({ nic }) => ({
      physicalNetworkId,
      bridge: agentKind === 'openvswitch' ? `br-${nic}` : '',
      nic,
    })),
  })
}

/**
 * `halted`: VMs whose processor stops at once, for what does not ask anything of a guest. Guests that boot cost more than most of what is
 * done to them.
 */
export async function drawDesign(api: Api, lab: LabStatus, type: NetworkType, guests: 'talking' | 'halted' = 'talking'): Promise<Drawn> {
  const hostIds = await registerHosts(api, lab)
  const { projectId, networkId } = await drawNetwork(api, type)
  const pools = POOLS[type]
  await api.subnets.create({
    networkId,
    name: 'subnet',
    cidr: CIDR[type],
    dnsNameservers: ['198.51.100.53'],
    allocationPools: pools ? [...pools] : null,
  })
  const vm = (name: string, host: string) => drawVm(api, lab, { name, host, hostIds, projectId, networkId, isHalted: guests === 'halted' })
  return { hostIds, networkId, vmIds: [await vm('web-1', 'cmp1'), await vm('web-2', 'cmp2')] }
}

/** The compute hosts, the second of which has the DHCP server, too: for what two hosts show, cheaper by a third than with the network host. */
export const computeHosts = (lab: LabStatus): LabStatus => ({
  ...lab,
  hosts: lab.hosts
    .filter(({ name }) => name === 'cmp1' || name === 'cmp2')
    .map((host) => (host.name === 'cmp2' ? { ...host, roles: ['compute', 'network'] } : host)),
})

export const onlyCmp1: HostAgents = { cmp1: 'openvswitch' }

/** For what one host shows: cmp1 alone, a network without addresses, a halted VM. Hosts that a test does not need cost it a reading each at every turn. */
export async function drawOnCmp1(api: Api, lab: LabStatus, type: NetworkType): Promise<Erased> {
  const hostIds = await registerHosts(api, lab, false, onlyCmp1)
  const { projectId, networkId } = await drawNetwork(api, type)
  const vmId = await drawVm(api, lab, { name: 'web-1', host: 'cmp1', hostIds, projectId, networkId, isHalted: true })
  return { hostIds, networkId, vmIds: [vmId] }
}

async function drawNetwork(api: Api, type: NetworkType): Promise<{ readonly projectId: string; readonly networkId: string }> {
  const [physicalNetwork] = await api.physicalNetworks.list()
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const { id: networkId } = await api.networks.create({
    projectId,
    name: `${type} network`,
    type,
    physicalNetworkId: type === 'vxlan' ? null : physicalNetwork!.id,
  })
  return { projectId, networkId }
}

interface DrawnVm {
  readonly name: string
  readonly host: string
  readonly hostIds: Drawn['hostIds']
  readonly projectId: string
  readonly networkId: string
  readonly isHalted: boolean
}

async function drawVm(api: Api, lab: LabStatus, { name, host, hostIds, projectId, networkId, isHalted }: DrawnVm): Promise<string> {
  const { guestKernel, guestInitrd } = lab.hosts.find((candidate) => candidate.name === host)!
  const { id } = await api.vms.create({
    projectId,
    name,
    hostId: hostIds[host]!,
    networkIds: [networkId],
    memoryMib: 128,
    vcpus: 1,
    boot: {
      kind: 'kernel',
      kernel: isHalted ? haltKernel : guestKernel,
      initrd: guestInitrd,
      cmdline: `console=ttyS0 quiet cryptomgr.notests tapline.hostname=${name}`,
    },
  })
  return id
}

type Erased = Omit<Drawn, 'vmIds'> & { readonly vmIds: readonly string[] }

/** Takes everything out of the design again; a plan then takes it off the hosts. */
export async function eraseDesign(api: Api, drawn: Erased): Promise<void> {
  await eraseNetwork(api, drawn)
  for (const id of Object.values(drawn.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}

/** The group that a project's VMs are in where nobody says otherwise. */
export async function defaultGroupOf(api: Api, projectId: string): Promise<SecurityGroup> {
  const { securityGroups } = (await api.topology.get()).topology
  return securityGroups.find((group) => group.projectId === projectId && group.name === DEFAULT_GROUP)!
}

/**
 * VMs are in the default group of their project, which lets only its own members in. This lets everybody in over IPv4: for who is no member, such as
 * a DHCP server, a router of somebody else's or a client outside, and means to prove something else than a security group.
 */
export async function letEverybodyIn(api: Api): Promise<void> {
  for (const { id: projectId } of await api.projects.list()) {
    const { id, rules } = await defaultGroupOf(api, projectId)
    // Nobody is let in twice.
    const isOpen = rules.some(
      ({ direction, etherType, protocol, remoteIpPrefix, remoteGroupId }) =>
        direction === 'ingress' && etherType === 'IPv4' && protocol === null && remoteIpPrefix === null && remoteGroupId === null,
    )
    if (!isOpen) await api.securityGroups.addRules({ id, rules: [{ direction: 'ingress', etherType: 'IPv4' }] })
  }
}

/** The hosts stay prepared. */
export async function eraseNetwork(api: Api, { vmIds, networkId }: Omit<Erased, 'hostIds'>): Promise<void> {
  for (const id of vmIds) await api.vms.remove({ id })
  const { topology } = await api.topology.get()
  for (const subnet of topology.subnets.filter((candidate) => candidate.networkId === networkId))
    await api.subnets.remove({ id: subnet.id })
  await api.networks.remove({ id: networkId })
}
