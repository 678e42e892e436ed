// Drawing the design of VLAN in VLAN through the API: two VMs that are to be hosts, their nested uplinks, and the cloud inside them.

import { readFile } from 'node:fs/promises'
import { hostCmdline, hostImage, labExec, type LabHost, type LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { letEverybodyIn, registerHosts } from './design'

/** Outside all VLANs of physnet1 (100 to 199). */
export const INNER_VLANS = { min: 1200, max: 1299 } as const
/** The lab's outside client is in the same network, so the inner hosts can be entered through it. */
const ACCESS_CIDR = '203.0.113.0/24'
const ACCESS_POOL = { start: '203.0.113.100', end: '203.0.113.199' }
/** The NIC that is plugged in comes after eth0; the kernel names it, as nobody else does (net.ifnames=0). */
const UPLINK_NIC = 'eth1'
/** What an outer VM is and knows, on the disk of its host: so that it is the same after a power cut. */
const OUTER_DISK = '/var/lib/outer.img'
/** Two processors and 1 GiB, as the lab's own VM hosts: what runs inside is emulated too. */
const OUTER_SIZE = { memoryMib: 1024, vcpus: 2 } as const

export interface OuterVm {
  readonly name: string
  readonly host: string
  readonly vmId: string
  readonly portId: string
  readonly address: string
}

export interface OuterDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly projectId: string
  readonly physicalNetworkId: string
  readonly networkId: string
  readonly vms: readonly OuterVm[]
}

export async function drawOuter(api: Api, lab: LabStatus): Promise<OuterDesign> {
  const hostIds = await registerHosts(api, lab, true)
  const [physicalNetwork] = await api.physicalNetworks.list()
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  // The outside client enters the outer VMs, and the DHCP server pings the inner one.
  await letEverybodyIn(api)
  const physicalNetworkId = physicalNetwork!.id
  const { id: networkId } = await api.networks.create({ projectId, name: 'access', type: 'flat', physicalNetworkId })
  await api.subnets.create({ networkId, name: 'access', cidr: ACCESS_CIDR, isDhcpEnabled: false, allocationPools: [ACCESS_POOL] })
  const vms: OuterVm[] = []
  for (const [index, host] of lab.hosts
    .filter(({ roles }) => roles.includes('compute'))
    .slice(0, 2)
    .entries()) {
    vms.push(await drawOuterVm(api, lab, host, { projectId, networkId, hostId: hostIds[host.name]!, name: `outer-${index + 1}` }))
  }
  return { hostIds, projectId, physicalNetworkId, networkId, vms }
}

interface WantedOuter {
  readonly projectId: string
  readonly networkId: string
  readonly hostId: string
  readonly name: string
}

/** The port comes first: the guest is told its address on the kernel's command line. */
async function drawOuterVm(api: Api, lab: LabStatus, host: LabHost, { projectId, networkId, hostId, name }: WantedOuter): Promise<OuterVm> {
  const { id: portId } = await api.ports.create({ name, networkId })
  const port = (await api.ports.list({ networkId })).find(({ id }) => id === portId)!
  const address = port.fixedIps[0]!.ipAddress
  const image = await hostImage()
  await makeOuterDisk(lab.name, host.name, image.disk)
  const publicKey = await readFile(`${host.ssh.privateKeyPath}.pub`, 'utf8')
  const cmdline = hostCmdline({
    hostname: name,
    user: 'root',
    publicKey,
    nics: [{ name: 'eth0', mac: port.macAddress, address: `${address}/24` }],
  })
  const boot = { kind: 'kernel', kernel: image.kernel, initrd: image.initrd, cmdline, disk: { path: OUTER_DISK, format: 'raw' } } as const
  const { id: vmId } = await api.vms.create({ projectId, name, hostId, nics: [{ portId }], ...OUTER_SIZE, boot })
  return { name, host: host.name, vmId, portId, address }
}

export interface InnerDesign {
  readonly physicalNetworkId: string
  readonly networkId: string
  readonly hostIds: readonly string[]
  readonly vmId: string
  /** Of the DHCP server, on the first inner host, and of the VM, on the second. */
  readonly dhcpPortId: string
  readonly portId: string
}

/** `relays`: ports on this machine's loopback that lead to the outer VMs' sshd. */
export async function registerInnerHosts(
  api: Api,
  lab: LabStatus,
  outer: OuterDesign,
  physicalNetworkId: string,
  relays: readonly number[],
): Promise<string[]> {
  const hostIds: string[] = []
  for (const [index, vm] of outer.vms.entries()) {
    const target = { address: '127.0.0.1', port: relays[index]! }
    const { fingerprint } = await api.hosts.readKey(target)
    const { id } = await api.hosts.register({
      name: `in${index + 1}`,
      ...target,
      user: 'root',
      auth: { kind: 'key-file', privateKeyPath: lab.hosts[0]!.ssh.privateKeyPath },
      fingerprint,
      roles: index === 0 ? ['compute', 'network'] : ['compute'],
      virtType: 'qemu',
      vmId: vm.vmId,
      bridgeMappings: [{ physicalNetworkId, bridge: `br-${UPLINK_NIC}`, nic: UPLINK_NIC }],
    })
    await api.hosts.probe({ id })
    await api.hosts.setPrepared({ id, isPrepared: true })
    hostIds.push(id)
  }
  return hostIds
}

export async function drawInner(
  api: Api,
  lab: LabStatus,
  outer: OuterDesign,
  physicalNetworkId: string,
  hostIds: readonly string[],
): Promise<InnerDesign> {
  const { projectId } = outer
  const { id: networkId } = await api.networks.create({ projectId, name: 'inner-blue', type: 'vlan', physicalNetworkId })
  await api.subnets.create({ networkId, name: 'inner-blue', cidr: '10.9.0.0/24' })
  // The image of a host has the guest's kernel at the same place as the lab's own hosts.
  const { guestKernel, guestInitrd } = lab.hosts[0]!
  const boot = {
    kind: 'kernel',
    kernel: guestKernel,
    initrd: guestInitrd,
    cmdline: 'console=ttyS0 quiet cryptomgr.notests tapline.hostname=inner-1',
  } as const
  const { id: vmId } = await api.vms.create({
    projectId,
    name: 'inner-1',
    hostId: hostIds[1]!,
    networkIds: [networkId],
    memoryMib: 128,
    vcpus: 1,
    boot,
  })
  const ports = await api.ports.list({ networkId })
  const [dhcp, port] = [ports.find(({ deviceOwner }) => deviceOwner === 'network:dhcp')!, ports.find(({ deviceId }) => deviceId === vmId)!]
  return { physicalNetworkId, networkId, hostIds, vmId, dhcpPortId: dhcp.id, portId: port.id }
}

/** With a journal: it must survive a power cut. */
async function makeOuterDisk(labName: string, host: string, image: string): Promise<void> {
  const script = `set -e; cp --sparse=always -- "$1" ${OUTER_DISK}; tune2fs -j ${OUTER_DISK}`
  const { code, stderr } = await labExec(labName, host, ['sh', '-c', script, 'sh', image])
  if (code !== 0) throw new Error(`no disk for the outer VM on ${host}: ${stderr}`)
}

export async function removeOuterDisks(labName: string, { vms }: OuterDesign): Promise<void> {
  for (const { host } of vms) await labExec(labName, host, ['rm', '-f', OUTER_DISK])
}

export async function eraseInner(api: Api, inner: InnerDesign): Promise<void> {
  await api.vms.remove({ id: inner.vmId })
  await eraseNetwork(api, inner.networkId)
  for (const id of inner.hostIds) await api.hosts.remove({ id })
}

export async function eraseOuter(api: Api, outer: OuterDesign): Promise<void> {
  for (const { vmId, portId } of outer.vms) {
    await api.vms.remove({ id: vmId })
    await api.ports.remove({ id: portId })
  }
  await eraseNetwork(api, outer.networkId)
  for (const id of Object.values(outer.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}

async function eraseNetwork(api: Api, networkId: string): Promise<void> {
  const { topology } = await api.topology.get()
  for (const subnet of topology.subnets.filter((each) => each.networkId === networkId)) await api.subnets.remove({ id: subnet.id })
  await api.networks.remove({ id: networkId })
}
