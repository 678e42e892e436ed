// One network over hosts of both kinds: a VM on a Linux bridge host and one on a host with the kernel's Open vSwitch, each with a NIC in
// a VLAN and in a VXLAN network, ping each other; DHCP comes from the userspace Open vSwitch of a third host.

import type { NetworkType } from '@/server/core/topology/kinds/network/network'
import type { LabStatus } from '../lab'
import { isReapplyEmpty, planAndApply, verify } from './conduct'
import type { Api } from './console-under-test'
import { hostsOf, registerHosts, type HostAgents } from './design'
import { linuxBridgeThings } from './foreign'
import { finish, lookBefore, onGround, type Ground, type ScenarioOptions } from './ground'
import { waitForAddresses } from './guest'
import { findVerificationProblems } from './problems'
import { reportOf, type ScenarioReport } from './report'

const AGENTS: HostAgents = { net1: 'openvswitch', cmp3: 'linuxbridge', cmp4: 'openvswitch' }
/** A guest of an emulated host is emulated twice. */
const BOOT_TIMEOUT_MS = 1_800_000
const [LINUX_BRIDGE, OPEN_VSWITCH] = ['cmp3', 'cmp4'] as const

export const runMixedScenario = (options: ScenarioOptions): Promise<ScenarioReport> =>
  onGround(options, { host: LINUX_BRIDGE, things: linuxBridgeThings, extras: [LINUX_BRIDGE, OPEN_VSWITCH] }, runSteps)

async function runSteps(ground: Ground): Promise<ScenarioReport> {
  const { options, api, lab } = ground
  const before = await lookBefore(ground, hostsOf(lab, AGENTS))
  options.onProgress('drawing the design')
  const design = await draw(api, lab)
  options.onProgress('planning and applying')
  const applied = await planAndApply(api)
  const reapplyEmpty = await isReapplyEmpty(api)
  const datapath = (await api.hosts.get({ id: design.hostIds[OPEN_VSWITCH]! })).host.datapathType
  options.onProgress('waiting for the guests')
  await waitForGuests(options.lab, api, design.vmIds)
  options.onProgress('verifying both networks')
  const verifications = await verifyBoth(api, design.vmIds)
  const ending = await finish(ground, before, () => erase(api, design))
  return reportOf(ground, {
    scenario: 'mixed-agents',
    applied: [applied],
    verifications,
    reapplyEmpty,
    ...ending,
    problems: [
      ...verifications.flatMap(findVerificationProblems),
      ...(datapath === 'system' ? [] : [`${OPEN_VSWITCH} has the datapath ${datapath}, not the kernel's`]),
    ],
  })
}

type Design = Awaited<ReturnType<typeof draw>>

async function draw(api: Api, lab: LabStatus) {
  const hostIds = await registerHosts(api, lab, false, AGENTS)
  const [physicalNetwork] = await api.physicalNetworks.list()
  const { id: projectId } = await api.projects.create({ name: 'scenario' })
  const network = async (type: NetworkType, cidr: string): Promise<string> => {
    const { id } = await api.networks.create({
      projectId,
      name: type,
      type,
      physicalNetworkId: type === 'vxlan' ? null : physicalNetwork!.id,
    })
    await api.subnets.create({ networkId: id, name: `${type} subnet`, cidr })
    return id
  }
  const networkIds = [await network('vlan', '10.0.20.0/24'), await network('vxlan', '10.0.21.0/24')]
  const vm = async (name: string, hostName: string): Promise<string> => {
    const host = lab.hosts.find((candidate) => candidate.name === hostName)!
    const cmdline = `console=ttyS0 quiet cryptomgr.notests tapline.hostname=${name} tapline.dhcp=eth0,eth1`
    const boot = { kind: 'kernel', kernel: host.guestKernel, initrd: host.guestInitrd, cmdline } as const
    return (await api.vms.create({ projectId, name, hostId: hostIds[hostName]!, networkIds, memoryMib: 128, vcpus: 1, boot })).id
  }
  return { hostIds, networkIds, vmIds: [await vm('on-bridge', LINUX_BRIDGE), await vm('on-switch', OPEN_VSWITCH)] as const }
}

async function waitForGuests(lab: string, api: Api, [onBridge, onSwitch]: Design['vmIds']): Promise<void> {
  const { topology } = await api.topology.get()
  const addressesOf = (vmId: string) => topology.ports.filter((port) => port.deviceId === vmId).map((port) => port.fixedIps[0]!.ipAddress)
  await waitForAddresses({ lab, host: LINUX_BRIDGE, vmId: onBridge }, addressesOf(onBridge), BOOT_TIMEOUT_MS)
  await waitForAddresses({ lab, host: OPEN_VSWITCH, vmId: onSwitch }, addressesOf(onSwitch), BOOT_TIMEOUT_MS)
}

/** There and back: the VLAN network from the Linux bridge host, the VXLAN network from the other one. */
async function verifyBoth(api: Api, [onBridge, onSwitch]: Design['vmIds']) {
  const { topology } = await api.topology.get()
  const portsOf = (vmId: string) => topology.vms.find((vm) => vm.id === vmId)!.portIds
  const [bridged, switched] = [portsOf(onBridge), portsOf(onSwitch)]
  return [await verify(api, bridged[0]!, switched[0]!), await verify(api, switched[1]!, bridged[1]!)]
}

async function erase(api: Api, { hostIds, networkIds, vmIds }: Design): Promise<void> {
  for (const id of vmIds) await api.vms.remove({ id })
  const { topology } = await api.topology.get()
  for (const { id } of topology.subnets) await api.subnets.remove({ id })
  for (const id of networkIds) await api.networks.remove({ id })
  for (const id of Object.values(hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
  await planAndApply(api)
}
