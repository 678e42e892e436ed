// How long subports take from apply to read-back, each in a VXLAN network of its own:
//   live     a running VM whose trunk gets 10, 50 and 200 subports in one call and one plan, and loses them the same way;
//   dhcp     the same with a subnet, a fixed IP and a DHCP server per network; the servers are there before, as with Neutron,
//            and how long they take is told apart;
//   boot     trunk, subports and VM made together.
//
//   npm run bench -- trunk-subports [--lab NAME] [--counts 10,50,200] [--cases live,dhcp,boot]

import { parseArgs } from 'node:util'
import { labUp, type LabStatus } from '@/lab/lab'
import { packages } from '@/lab/packages'
import { planAndApply, type Applied } from '@/lab/scenarios/conduct'
import { openConsole, type Api } from '@/lab/scenarios/console-under-test'
import { registerHosts } from '@/lab/scenarios/design'
import { explainTrunkState } from '@/server/core/explain/trunk'
import { noBar, type Bench, type Measured } from './lib/bench'

const HOST = 'cmp1'
const DHCP_HOST = 'net1'

export const bench: Bench = { about: 'subports of a trunk on the practice network, from apply to read-back', needs: packages, run }

const measures: Readonly<Record<string, (site: Site, count: number) => Promise<Times>>> = {
  live: measureLive,
  dhcp: measureDhcp,
  boot: measureBoot,
}

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lab: { type: 'string', default: 'bench' },
      counts: { type: 'string', default: '10,50,200' },
      cases: { type: 'string', default: 'live,dhcp,boot' },
    },
  })
  const lab = await labUp({ name: values.lab })
  const { api, close } = await openConsole()
  const rows: Measured[] = []
  try {
    const site = await prepare(api, lab)
    for (const name of values.cases.split(',')) {
      for (const count of values.counts.split(',').map(Number)) {
        const times = await measures[name]!(site, count)
        rows.push(...Object.entries(times).map(([what, ours]) => noBar({ case: `${name}, ${count} subports: ${what}`, ours })))
      }
    }
    await api.networks.remove({ id: site.networkId })
    for (const id of Object.values(site.hostIds)) await api.hosts.setPrepared({ id, isPrepared: false })
    await planAndApply(api)
  } finally {
    await close()
  }
  return rows
}

/** What → value, with its unit. */
type Times = Readonly<Record<string, number>>

interface Site {
  readonly api: Api
  readonly lab: LabStatus
  readonly hostIds: Readonly<Record<string, string>>
  readonly projectId: string
  /** The parent's. */
  readonly networkId: string
}

async function prepare(api: Api, lab: LabStatus): Promise<Site> {
  const hostIds = await registerHosts(api, lab)
  const { id: projectId } = await api.projects.create({ name: 'bench' })
  const { id: networkId } = await api.networks.create({ projectId, name: 'parent', type: 'vxlan' })
  await planAndApply(api)
  return { api, lab, hostIds, projectId, networkId }
}

async function measureLive(site: Site, count: number): Promise<Times> {
  const { api } = site
  const guest = await drawTrunk(site, [])
  await planAndApply(api)
  const networks = await drawNetworks(site, count)
  const row = await addAndRemove(site, guest, networks)
  await eraseTrunk(site, guest)
  await eraseNetworks(site, networks)
  await planAndApply(api)
  return row
}

async function measureDhcp(site: Site, count: number): Promise<Times> {
  const { api } = site
  const guest = await drawTrunk(site, [])
  const networks = await drawNetworks(site, count)
  for (const [index, networkId] of networks.entries())
    await api.subnets.create({ networkId, name: `sub-${index}`, cidr: `10.200.${index}.0/24` })
  const served = await planAndApply(api)
  const row = await addAndRemove(site, guest, networks)
  await eraseTrunk(site, guest)
  await eraseNetworks(site, networks)
  const erased = await planAndApply(api)
  return { ...row, ...timesOf('DHCP servers', served, DHCP_HOST), ...timesOf('erase', erased, DHCP_HOST) }
}

async function measureBoot(site: Site, count: number): Promise<Times> {
  const { api } = site
  const networks = await drawNetworks(site, count)
  const guest = await drawTrunk(site, await drawSubPorts(site, networks))
  const built = await planAndApply(api)
  await assertActive(site, guest, count)
  await eraseTrunk(site, guest)
  await eraseNetworks(site, networks)
  const erased = await planAndApply(api)
  return { ...timesOf('boot', built, HOST), ...timesOf('erase', erased, HOST) }
}

type SubPorts = { readonly portId: string; readonly segmentationType: 'vlan'; readonly segmentationId: number }[]

async function drawNetworks({ api, projectId }: Site, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 1; index <= count; index += 1)
    ids.push((await api.networks.create({ projectId, name: `sub-${index}`, type: 'vxlan' })).id)
  return ids
}

async function drawSubPorts({ api }: Site, networkIds: readonly string[]): Promise<SubPorts> {
  const subPorts: SubPorts = []
  for (const [index, networkId] of networkIds.entries()) {
    const { id: portId } = await api.ports.create({ name: `sub-${index + 1}`, networkId })
    subPorts.push({ portId, segmentationType: 'vlan', segmentationId: index + 1 })
  }
  return subPorts
}

async function drawTrunk({ api, lab, hostIds, projectId, networkId }: Site, subPorts: SubPorts) {
  const { id: parentPortId } = await api.ports.create({ name: 'parent', networkId })
  const { id: trunkId } = await api.trunks.create({ projectId, portId: parentPortId, subPorts })
  const host = lab.hosts.find((each) => each.name === HOST)!
  const boot = {
    kind: 'kernel',
    kernel: host.guestKernel,
    initrd: host.guestInitrd,
    cmdline: 'console=ttyS0 quiet tapline.dhcp=none',
  } as const
  const { id: vmId } = await api.vms.create({
    projectId,
    name: 'bench',
    hostId: hostIds[HOST]!,
    nics: [{ portId: parentPortId }],
    memoryMib: 128,
    vcpus: 1,
    boot,
  })
  return { trunkId, vmId, parentPortId }
}

type Guest = Awaited<ReturnType<typeof drawTrunk>>

async function eraseTrunk({ api }: Site, { trunkId, vmId, parentPortId }: Guest): Promise<void> {
  await api.trunks.remove({ id: trunkId })
  await api.vms.remove({ id: vmId })
  await api.ports.remove({ id: parentPortId })
}

async function eraseNetworks({ api }: Site, networkIds: readonly string[]): Promise<void> {
  for (const networkId of networkIds) {
    for (const port of await api.ports.list({ networkId })) if (port.deviceOwner === '') await api.ports.remove({ id: port.id })
    const { topology } = await api.topology.get()
    for (const subnet of topology.subnets.filter((each) => each.networkId === networkId)) await api.subnets.remove({ id: subnet.id })
    await api.networks.remove({ id: networkId })
  }
}

async function addAndRemove(site: Site, guest: Guest, networks: readonly string[]): Promise<Times> {
  const { api, hostIds } = site
  const subPorts = await drawSubPorts(site, networks)
  await api.trunks.addSubports({ id: guest.trunkId, subPorts })
  const added = await planAndApply(api)
  await assertActive(site, guest, networks.length)
  const flows = (await api.hosts.inside({ id: hostIds[HOST]! })).ovsBridges.find((bridge) => bridge.name === 'br-int')?.flowCount
  await api.trunks.removeSubports({ id: guest.trunkId, portIds: subPorts.map(({ portId }) => portId) })
  const removed = await planAndApply(api)
  return { ...timesOf('add', added, HOST), 'flows of br-int': flows ?? 0, ...timesOf('remove', removed, HOST) }
}

async function assertActive({ api }: Site, { trunkId }: Guest, count: number): Promise<void> {
  const { status, reason } = await api.trunks.get({ id: trunkId })
  if (status !== 'ACTIVE') throw new Error(`${count} subports: the trunk is ${status}: ${explainTrunkState({ reason })}`)
}

/** Commands alone, and everything from pressing apply to the read-back: reading again, commands, reading back, the revision. */
function timesOf(what: string, { plan, run, planMs, applyMs }: Applied, hostName: string): Times {
  const host = run.timings.find((timing) => timing.hostName === hostName)
  const steps = plan.hosts.find((each) => each.hostName === hostName)?.steps.length
  return {
    [`${what}, plan (ms)`]: planMs,
    [`${what}, apply to read-back (ms)`]: applyMs,
    [`${what}, commands (ms)`]: host?.executeMs ?? 0,
    [`${what}, steps`]: steps ?? 0,
  }
}
