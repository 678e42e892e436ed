// How long subports take from apply to read-back, each in a VXLAN network of its own:
//   live     a running VM whose trunk gets 10, 50 and 200 subports in one call and one plan, and loses them the same way;
//   dhcp     the same with a subnet, a fixed IP and a DHCP server per network; the servers are there before, as with Neutron,
//            and how long they take is told apart;
//   boot     trunk, subports and VM made together.
//
//   npx tsx bench/trunk-subports.ts [--lab NAME] [--counts 10,50,200] [--cases live,dhcp,boot]

import { parseArgs } from 'node:util'
import { labUp } from '@/lab/lab'
import { planAndApply, type Applied } from '@/lab/scenarios/conduct'
import { openConsole } from '@/lab/scenarios/console-under-test'
import { registerHosts } from '@/lab/scenarios/design'

const HOST = 'cmp1'
const DHCP_HOST = 'net1'

const { values } = parseArgs({
  options: { lab: { type: 'string', default: 'bench' }, counts: { type: 'string', default: '10,50,200' }, cases: { type: 'string', default: 'live,dhcp,boot' } },
})
const counts = values.counts.split(',').map(Number)

const lab = await labUp({ name: values.lab })
const { api, close } = await openConsole()
const measures: Readonly<Record<string, (site: Site, count: number) => Promise<object>>> = { live: measureLive, dhcp: measureDhcp, boot: measureBoot }
try {
  const site = await prepare()
  for (const name of values.cases.split(',')) {
    const rows = []
    for (const count of counts) rows.push({ case: name, subports: count, ...(await measures[name]!(site, count)) })
    console.table(rows)
  }
  await api.networks.remove({ id: site.networkId })
  for (const id of Object.values(site.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
  await planAndApply(api)
} finally {
  await close()
}

interface Site {
  readonly hostIds: Readonly<Record<string, string>>
  readonly projectId: string
  /** The parent's. */
  readonly networkId: string
}

async function prepare(): Promise<Site> {
  const hostIds = await registerHosts(api, lab)
  const { id: projectId } = await api.projects.create({ name: 'bench' })
  const { id: networkId } = await api.networks.create({ projectId, name: 'parent', type: 'vxlan' })
  await planAndApply(api)
  return { hostIds, projectId, networkId }
}

async function measureLive(site: Site, count: number) {
  const guest = await drawTrunk(site, [])
  await planAndApply(api)
  const networks = await drawNetworks(site, count)
  const row = await addAndRemove(site, guest, networks)
  await eraseTrunk(guest)
  await eraseNetworks(networks)
  await planAndApply(api)
  return row
}

async function measureDhcp(site: Site, count: number) {
  const guest = await drawTrunk(site, [])
  const networks = await drawNetworks(site, count)
  for (const [index, networkId] of networks.entries()) await api.subnets.create({ networkId, name: `sub-${index}`, cidr: `10.200.${index}.0/24` })
  const served = await planAndApply(api)
  const row = await addAndRemove(site, guest, networks)
  await eraseTrunk(guest)
  await eraseNetworks(networks)
  const erased = await planAndApply(api)
  return { ...row, ...timesOf('DHCP servers', served, DHCP_HOST), ...timesOf('erase', erased, DHCP_HOST) }
}

async function measureBoot(site: Site, count: number) {
  const networks = await drawNetworks(site, count)
  const guest = await drawTrunk(site, await drawSubPorts(networks))
  const built = await planAndApply(api)
  await assertActive(guest, count)
  await eraseTrunk(guest)
  await eraseNetworks(networks)
  const erased = await planAndApply(api)
  return { ...timesOf('boot', built, HOST), ...timesOf('erase', erased, HOST) }
}

type SubPorts = { readonly portId: string; readonly segmentationType: 'vlan'; readonly segmentationId: number }[]

async function drawNetworks({ projectId }: Site, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 1; index <= count; index += 1) ids.push((await api.networks.create({ projectId, name: `sub-${index}`, type: 'vxlan' })).id)
  return ids
}

async function drawSubPorts(networkIds: readonly string[]): Promise<SubPorts> {
  const subPorts: SubPorts = []
  for (const [index, networkId] of networkIds.entries()) {
    const { id: portId } = await api.ports.create({ name: `sub-${index + 1}`, networkId })
    subPorts.push({ portId, segmentationType: 'vlan', segmentationId: index + 1 })
  }
  return subPorts
}

async function drawTrunk({ hostIds, projectId, networkId }: Site, subPorts: SubPorts) {
  const { id: parentPortId } = await api.ports.create({ name: 'parent', networkId })
  const { id: trunkId } = await api.trunks.create({ projectId, portId: parentPortId, subPorts })
  const host = lab.hosts.find((each) => each.name === HOST)!
  const boot = { kind: 'kernel', kernel: host.guestKernel, initrd: host.guestInitrd, cmdline: 'console=ttyS0 quiet tapline.dhcp=none' } as const
  const { id: vmId } = await api.vms.create({ projectId, name: 'bench', hostId: hostIds[HOST]!, nics: [{ portId: parentPortId }], memoryMib: 128, vcpus: 1, boot })
  return { trunkId, vmId, parentPortId }
}

type Guest = Awaited<ReturnType<typeof drawTrunk>>

async function eraseTrunk({ trunkId, vmId, parentPortId }: Guest): Promise<void> {
  await api.trunks.remove({ id: trunkId })
  await api.vms.remove({ id: vmId })
  await api.ports.remove({ id: parentPortId })
}

async function eraseNetworks(networkIds: readonly string[]): Promise<void> {
  for (const networkId of networkIds) {
    for (const port of await api.ports.list({ networkId })) if (port.deviceOwner === '') await api.ports.remove({ id: port.id })
    const { topology } = await api.topology.get()
    for (const subnet of topology.subnets.filter((each) => each.networkId === networkId)) await api.subnets.remove({ id: subnet.id })
    await api.networks.remove({ id: networkId })
  }
}

async function addAndRemove({ hostIds }: Site, guest: Guest, networks: readonly string[]) {
  const subPorts = await drawSubPorts(networks)
  await api.trunks.addSubports({ id: guest.trunkId, subPorts })
  const added = await planAndApply(api)
  await assertActive(guest, networks.length)
  const flows = (await api.hosts.inside({ id: hostIds[HOST]! })).ovsBridges.find((bridge) => bridge.name === 'br-int')?.flowCount
  await api.trunks.removeSubports({ id: guest.trunkId, portIds: subPorts.map(({ portId }) => portId) })
  const removed = await planAndApply(api)
  return { ...timesOf('add', added, HOST), 'br-int flows': flows, ...timesOf('remove', removed, HOST) }
}

async function assertActive({ trunkId }: Guest, count: number): Promise<void> {
  const { status, statusReason } = await api.trunks.get({ id: trunkId })
  if (status !== 'ACTIVE') throw new Error(`${count} subports: the trunk is ${status}: ${statusReason}`)
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`
}

/** Commands alone, and everything from pressing apply to the read-back: reading again, commands, reading back, the revision. */
function timesOf(what: string, { plan, run, planMs, applyMs }: Applied, hostName: string) {
  const host = run.timings.find((timing) => timing.hostName === hostName)
  const steps = plan.hosts.find((each) => each.hostName === hostName)?.steps.length
  return { [`${what}: plan`]: seconds(planMs), [`${what}: apply to read-back`]: seconds(applyMs), [`${what}: commands`]: seconds(host?.executeMs ?? 0), [`${what}: steps`]: steps }
}
