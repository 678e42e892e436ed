// Where a test begins. Each of these brings its state about through the API and costs little when it is there already, so
// that every file runs alone as well as behind the others.

import { expect } from '@playwright/test'
import { explainRunVerdict } from '@/server/core/explain/run-verdict'
import { isPlanEmpty } from '@/server/core/plan/plan'
import { api } from './api'
import { readVm, sample } from './sample'
import { hostNames, kernelCommandLine, labHost, type HostName } from './lab'

/** Nothing in the design, nothing of ours on any host. */
export async function givenNothing(): Promise<void> {
  await emptyDesign()
  await applyChanges()
  const { topology } = await api.topology.get.query()
  for (const { id } of topology.physicalNetworks) await api.physicalNetworks.remove.mutate({ id })
  for (const { id } of topology.projects) await api.projects.remove.mutate({ id })
}

/** The sample, applied: three prepared hosts, one VXLAN network with DHCP, a VM on each compute host. */
export async function givenSample(): Promise<void> {
  // What is there may have been changed by hand: planning finds and mends that.
  if (await isSampleDrawn()) return applyChanges()
  await givenNothing()
  const hostIds = await givenHosts(hostNames)
  const { id: projectId } = await api.projects.create.mutate({ name: sample.project })
  const { id: networkId } = await api.networks.create.mutate({ projectId, name: sample.network, type: 'vxlan' })
  await api.subnets.create.mutate({ networkId, name: sample.subnet, cidr: sample.cidr })
  for (const { name, host } of sample.vms) {
    const { guestKernel: kernel, guestInitrd: initrd } = labHost(host)
    const boot = { kind: 'kernel', kernel, initrd, cmdline: kernelCommandLine(name) } as const
    await api.vms.create.mutate({ projectId, name, hostId: hostIds[host] ?? '', networkIds: [networkId], memoryMib: 128, vcpus: 1, boot })
  }
  await applyChanges()
}

/**
 * A router of the sample's network that leads out by an external one, with a floating IP of its first VM. Nobody applies them: whoever asks for them
 * discards them. The router's id.
 */
export async function givenRouter(): Promise<string> {
  const { topology } = await api.topology.get.query()
  const found = topology.routers.find(({ name }) => name === sample.router)
  if (found) return found.id
  const projectId = topology.projects.find(({ name }) => name === sample.project)?.id ?? ''
  const subnetId = topology.subnets.find(({ name }) => name === sample.subnet)?.id ?? ''
  const { id: networkId } = await api.networks.create.mutate({ projectId, name: sample.external, type: 'vxlan', isExternal: true })
  await api.subnets.create.mutate({ networkId, name: 'first-outside-v4', cidr: '203.0.113.0/24', isDhcpEnabled: false })
  const { id } = await api.routers.create.mutate({ projectId, name: sample.router, gateway: { networkId } })
  await api.routers.addInterface.mutate({ id, subnetId })
  const fixedPortId = topology.vms.find(({ name }) => name === sample.vms[0].name)?.portIds[0] ?? ''
  await api.floatingIps.create.mutate({ projectId, networkId, ipAddress: sample.floatingIp, fixedPortId })
  return id
}

/** A verification of the sample's path that can be looked at. */
export async function givenEvidence(): Promise<void> {
  if ((await api.verifications.list.query({})).total > 0) return
  const [source, destination] = [await readVm(sample.vms[0].name), await readVm(sample.vms[1].name)]
  const ends = { from: source.portId, to: destination.portId }
  // Guests that were started a moment ago may still be booting, and answer nobody yet.
  await expect.poll(() => verify(ends), { timeout: 300_000, message: 'the verification that sets the stage' }).toBe('passed')
}

/** What it ends with. */
async function verify(ends: { readonly from: string; readonly to: string }): Promise<string> {
  const { verificationId: id } = await api.verifications.start.mutate(ends)
  const status = async () => (await api.verifications.get.query({ id })).status
  await expect.poll(status, { timeout: 180_000 }).not.toBe('running')
  return status()
}

/** Registered, wired, read and prepared in the design; nothing is applied. */
export async function givenHosts(names: readonly HostName[]): Promise<Partial<Record<HostName, string>>> {
  const physicalNetworkId = await givenPhysicalNetwork()
  const entries: [HostName, string][] = []
  for (const name of names) {
    const id = await registerByApi(name, physicalNetworkId)
    await api.hosts.observe.mutate({ id })
    await api.hosts.probe.mutate({ id })
    await api.hosts.setPrepared.mutate({ id, isPrepared: true })
    entries.push([name, id])
  }
  return Object.fromEntries(entries)
}

async function givenPhysicalNetwork(): Promise<string> {
  const found = (await api.physicalNetworks.list.query()).find(({ name }) => name === sample.physicalNetwork)
  if (found) return found.id
  const vlanRanges = [{ min: 100, max: 199 }]
  return (await api.physicalNetworks.create.mutate({ name: sample.physicalNetwork, mtu: 1500, vlanRanges })).id
}

async function registerByApi(name: HostName, physicalNetworkId: string): Promise<string> {
  const { ssh, roles, tunnelAddress, tunnelPrefix, tunnelNic, physicalNics } = labHost(name)
  const { address, port, user, privateKeyPath, hostKeyFingerprint: fingerprint } = ssh
  const { id } = await api.hosts.register.mutate({
    name,
    address,
    port,
    user,
    auth: { kind: 'key-file', privateKeyPath },
    fingerprint,
    roles: [...roles],
    // A machine may show /dev/kvm to the practice hosts and still be unable to run a guest with it.
    virtType: 'qemu',
    tunnel: { address: tunnelAddress, prefixLength: tunnelPrefix, nic: tunnelNic },
    bridgeMappings: physicalNics.map(({ nic }) => ({ physicalNetworkId, bridge: `br-${nic}`, nic })),
  })
  return id
}

async function isSampleDrawn(): Promise<boolean> {
  const { topology, changes } = await api.topology.get.query()
  const names = topology.vms.map(({ name }) => name)
  return changes.length === 0 && sample.vms.every(({ name }) => names.includes(name))
}

async function emptyDesign(): Promise<void> {
  const { topology } = await api.topology.get.query()
  for (const { id } of topology.floatingIps) await api.floatingIps.remove.mutate({ id })
  for (const { id } of topology.vms) await api.vms.remove.mutate({ id })
  for (const port of topology.ports)
    if (port.deviceOwner.startsWith('network:router_interface'))
      await api.routers.removeInterface.mutate({ id: port.deviceId, portId: port.id })
  for (const { id } of topology.routers) await api.routers.remove.mutate({ id })
  for (const { id } of topology.trunks) await api.trunks.remove.mutate({ id })
  for (const { id, deviceOwner } of (await api.topology.get.query()).topology.ports) {
    if (deviceOwner !== 'network:dhcp') await api.ports.remove.mutate({ id })
  }
  for (const { id } of topology.networks) await api.networks.remove.mutate({ id })
  for (const { id } of topology.hosts) await api.hosts.remove.mutate({ id })
}

/** Plan and apply, unless there is nothing to do. */
export async function applyChanges(): Promise<void> {
  const plan = await api.plans.create.mutate()
  if (isPlanEmpty(plan)) return
  const { runId } = await api.runs.start.mutate({ planId: plan.id })
  const run = () => api.runs.get.query({ id: runId })
  await expect.poll(async () => (await run()).status, { timeout: 180_000, message: 'the run that sets the stage' }).not.toBe('running')
  const { status, verdict } = await run()
  if (status !== 'succeeded') throw new Error(`the run ${status}: ${verdict && explainRunVerdict(verdict)}`)
}
