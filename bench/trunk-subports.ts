// How long subports take from apply to read-back, each in a VXLAN network of its own:
//   live     a running VM whose trunk gets 10, 50 and 200 subports in one call and one plan, and loses them the same way. The floor: what
//            the same host takes, just after, to be brought to the same end by one transaction and one bundle for each bridge, without SSH.
//            The rival: a command for each port and each flow, through one ssh. Both must leave what the plan left, or there are no rows;
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
import { run as runProgram } from '@/lab/run'
import { hosts as hostSpecs } from '@/lab/topology'
import { sshArgv } from '@/lab/vm-host/ssh'
import { readCommand } from '@/server/core/commands/command'
import { asPlanned, atOnce, oneByOne, switchState, timeOnHost } from './lib/bare-change'
import { atMost, median, medianMs, noBar, within, type Bench, type Measured } from './lib/bench'
import { openPool } from './lib/host-pool'

const HOST = 'cmp1'
const DHCP_HOST = 'net1'

export const bench: Bench = { about: 'subports of a trunk on the practice network, from apply to read-back', needs: packages, run }

const measures: Readonly<Record<string, (site: Site, count: number) => Promise<readonly Measured[]>>> = {
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
        const measured = await measures[name]!(site, count)
        rows.push(...measured.map((row) => ({ ...row, case: `${name}, ${count} subports: ${row.case}` })))
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
const rowsOf = (times: Times): readonly Measured[] => Object.entries(times).map(([what, ours]) => noBar({ case: what, ours }))

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

async function measureLive(site: Site, count: number): Promise<readonly Measured[]> {
  const { api } = site
  const guest = await drawTrunk(site, [])
  await planAndApply(api)
  const networks = await drawNetworks(site, count)
  const change = await addAndRemove(site, guest, networks)
  const rows = liveRows(count, change, await measureBare(site, change))
  await eraseTrunk(site, guest)
  await eraseNetworks(site, networks)
  await planAndApply(api)
  return rows
}

interface Bare {
  readonly floor: number
  readonly rival: number
  readonly roundTrip: number
}

const BARRED = 200
const BAR_MS = 700

function liveRows(count: number, { added, times, readingMs }: Change, { roundTrip, ...others }: Bare): readonly Measured[] {
  const [limit, whole] = [1.5 * others.floor + 2 * roundTrip + readingMs, { ours: added.applyMs, ...others }]
  const shown = 'add, apply to read-back (ms)'
  const bars = [
    within('1.5 x floor + 2 round trips + 1 reading', limit, { case: shown, ...whole }),
    atMost(BAR_MS, { case: 'the same by the clock (ms)', ours: added.applyMs }),
  ]
  return [
    ...(count < BARRED ? [noBar({ case: shown, ...whole })] : bars),
    ...rowsOf({ ...times, 'a reading with them there (ms)': readingMs, 'a round trip (ms)': roundTrip }).filter(
      (row) => row.case !== shown,
    ),
  ]
}

const FLOOR_ROUNDS = 3

/** On the host as it was before; it is that again afterwards. */
async function measureBare({ lab }: Site, { added, removed, state }: Change): Promise<Bare> {
  const stepsOf = ({ plan }: Applied) => plan.hosts.find(({ hostName }) => hostName === HOST)!.steps
  const remove = asPlanned(stepsOf(removed))
  const check = async (what: string) => {
    if ((await switchState(lab.name, HOST)) !== state) throw new Error(`what the ${what} made differs from what the plan made`)
    await timeOnHost(lab.name, HOST, remove)
  }
  const floors: number[] = []
  for (let round = 0; round < FLOOR_ROUNDS; round += 1) {
    floors.push(await timeOnHost(lab.name, HOST, atOnce(stepsOf(added))))
    await check('floor')
  }
  const argv = await sshArgv(
    lab.name,
    hostSpecs.find(({ name }) => name === HOST)!,
    ['sh', '-e'],
  )
  const start = performance.now()
  const { code, stderr } = await runProgram(argv, { stdin: oneByOne(stepsOf(added)), timeoutMs: 600_000 })
  const rival = performance.now() - start
  if (code !== 0) throw new Error(`the rival: ${stderr.slice(0, 2000)}`)
  await check('rival')
  return { floor: median(floors), rival, roundTrip: await measureRoundTrip(lab) }
}

async function measureRoundTrip({ hosts }: LabStatus): Promise<number> {
  const pool = openPool(hosts.find(({ name }) => name === HOST)!)
  const trip = () => pool.forHost(HOST).runOrThrow(readCommand(['true']))
  try {
    await trip()
    return await medianMs(9, trip)
  } finally {
    await pool.closeAll()
  }
}

async function measureDhcp(site: Site, count: number): Promise<readonly Measured[]> {
  const { api } = site
  const guest = await drawTrunk(site, [])
  const networks = await drawNetworks(site, count)
  for (const [index, networkId] of networks.entries())
    await api.subnets.create({ networkId, name: `sub-${index}`, cidr: `10.200.${index}.0/24` })
  const served = await planAndApply(api)
  const { times } = await addAndRemove(site, guest, networks)
  await eraseTrunk(site, guest)
  await eraseNetworks(site, networks)
  const erased = await planAndApply(api)
  return rowsOf({ ...times, ...timesOf('DHCP servers', served, DHCP_HOST), ...timesOf('erase', erased, DHCP_HOST) })
}

async function measureBoot(site: Site, count: number): Promise<readonly Measured[]> {
  const { api } = site
  const networks = await drawNetworks(site, count)
  const guest = await drawTrunk(site, await drawSubPorts(site, networks))
  const built = await planAndApply(api)
  await assertActive(site, guest, count)
  await eraseTrunk(site, guest)
  await eraseNetworks(site, networks)
  const erased = await planAndApply(api)
  return rowsOf({ ...timesOf('boot', built, HOST), ...timesOf('erase', erased, HOST) })
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

interface Change {
  readonly times: Times
  readonly added: Applied
  readonly removed: Applied
  /** Of the host while they are there, by the console. */
  readonly readingMs: number
  /** Of its switch while they are there. */
  readonly state: string
}

async function addAndRemove(site: Site, guest: Guest, networks: readonly string[]): Promise<Change> {
  const { api, lab, hostIds } = site
  const subPorts = await drawSubPorts(site, networks)
  await api.trunks.addSubports({ id: guest.trunkId, subPorts })
  const added = await planAndApply(api)
  await assertActive(site, guest, networks.length)
  const state = await switchState(lab.name, HOST)
  const readingMs = await medianMs(5, () => api.hosts.observe({ id: hostIds[HOST]! }))
  const flows = (await api.hosts.inside({ id: hostIds[HOST]! })).ovsBridges.find((bridge) => bridge.name === 'br-int')?.flowCount
  await api.trunks.removeSubports({ id: guest.trunkId, portIds: subPorts.map(({ portId }) => portId) })
  const removed = await planAndApply(api)
  const times = { ...timesOf('add', added, HOST), 'flows of br-int': flows ?? 0, ...timesOf('remove', removed, HOST) }
  return { times, added, removed, readingMs, state }
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
