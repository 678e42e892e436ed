// The design of the trunk scenarios: a VM whose NIC is a trunk with a VXLAN and a VLAN subport, and on another host a plain VM
// with a NIC in each of the networks. Subport networks have the parent's MTU or less.

import type { LabStatus } from '../lab'
import type { Api } from './console-under-test'
import { registerHosts } from './design'
import type { TrunkSetup } from './trunk-setup'

export interface TrunkDesign {
  readonly hostIds: Readonly<Record<string, string>>
  readonly projectId: string
  readonly networkIds: { readonly parent: string; readonly red: string; readonly blue: string; readonly late: string }
  readonly parentPortId: string
  readonly subPortIds: { readonly red: string; readonly blue: string; readonly late: string }
  readonly trunkId: string
  readonly vmId: string
  readonly peerId: string
}

/** Guest VLAN ids, unlike every VLAN id of the networks, so that none is taken for another. */
export const GUEST_VLANS = { red: 301, blue: 302, late: 303 } as const

export async function drawTrunkDesign(api: Api, lab: LabStatus, setup: TrunkSetup): Promise<TrunkDesign> {
  const hostIds = await registerHosts(api, lab, false, setup.hosts)
  const [physicalNetwork] = await api.physicalNetworks.list()
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const network = async (name: string, type: 'vlan' | 'vxlan', cidr: string): Promise<string> => {
    const { id } = await api.networks.create({ projectId, name, type, physicalNetworkId: type === 'vxlan' ? null : physicalNetwork!.id })
    await api.subnets.create({ networkId: id, name: `${name} subnet`, cidr })
    return id
  }
  const networkIds = {
    parent: await network('parent', 'vlan', '10.0.10.0/24'),
    red: await network('red', 'vxlan', '10.0.11.0/24'),
    blue: await network('blue', 'vlan', '10.0.12.0/24'),
    late: await network('late', 'vxlan', '10.0.13.0/24'),
  }
  const port = async (name: string, networkId: string): Promise<string> => (await api.ports.create({ name, networkId })).id
  const parentPortId = await port('parent', networkIds.parent)
  const subPortIds = {
    red: await port('red', networkIds.red),
    blue: await port('blue', networkIds.blue),
    late: await port('late', networkIds.late),
  }
  const trunkId = await drawTrunk(api, projectId, parentPortId, subPortIds)
  const vmId = await drawTrunkVm(api, lab, setup, hostIds, projectId, parentPortId)
  const peerId = await drawVm(api, lab, hostIds, {
    projectId,
    name: 'peer',
    host: setup.peerHost,
    nics: [networkIds.parent, networkIds.red, networkIds.blue].map((networkId) => ({ networkId })),
  })
  return { hostIds, projectId, networkIds, parentPortId, subPortIds, trunkId, vmId, peerId }
}

export async function drawTrunk(
  api: Api,
  projectId: string,
  portId: string,
  subPortIds: Pick<TrunkDesign['subPortIds'], 'red' | 'blue'>,
): Promise<string> {
  const subPorts = (['red', 'blue'] as const).map((name) => ({
    portId: subPortIds[name],
    segmentationType: 'vlan',
    segmentationId: GUEST_VLANS[name],
  }))
  return (await api.trunks.create({ projectId, name: 'trunk', portId, subPorts })).id
}

export const drawTrunkVm = (
  api: Api,
  lab: LabStatus,
  setup: TrunkSetup,
  hostIds: TrunkDesign['hostIds'],
  projectId: string,
  portId: string,
): Promise<string> => drawVm(api, lab, hostIds, { projectId, name: 'trunk-vm', host: setup.parentHost, nics: [{ portId }] })

export interface WantedVm {
  readonly projectId: string
  readonly name: string
  readonly host: string
  readonly nics: ({ readonly networkId: string } | { readonly portId: string })[]
}

export async function drawVm(
  api: Api,
  lab: LabStatus,
  hostIds: TrunkDesign['hostIds'],
  { projectId, name, host: hostName, nics }: WantedVm,
): Promise<string> {
  const host = lab.hosts.find((candidate) => candidate.name === hostName)!
  const dhcp = nics.map((_, index) => `eth${index}`).join(',')
  const cmdline = `console=ttyS0 quiet cryptomgr.notests tapline.hostname=${name} tapline.dhcp=${dhcp}`
  const boot = { kind: 'kernel', kernel: host.guestKernel, initrd: host.guestInitrd, cmdline } as const
  return (await api.vms.create({ projectId, name, hostId: hostIds[hostName]!, nics, memoryMib: 128, vcpus: 1, boot })).id
}

/** What is left of the design once trunk and VM are gone; a plan then takes it off the hosts. */
export async function eraseTrunkDesign(api: Api, design: TrunkDesign): Promise<void> {
  await api.vms.remove({ id: design.peerId })
  for (const id of [design.parentPortId, ...Object.values(design.subPortIds)]) await api.ports.remove({ id })
  const { topology } = await api.topology.get()
  for (const subnet of topology.subnets) await api.subnets.remove({ id: subnet.id })
  for (const id of Object.values(design.networkIds)) await api.networks.remove({ id })
  for (const id of Object.values(design.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
}
