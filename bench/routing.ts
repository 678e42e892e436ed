// How long it takes on the practice network from pressing apply until packets pass, or rules hold. The VMs run before, and the plan is made:
//   router       a distributed router between the networks of two VMs on two hosts, to the first ping from one to the other;
//   floating-ip  a floating IP of a distributed router, to the first ping from the outside client;
//   snat         a gateway of a centralized router, to the first ping of a VM to the outside;
//   snat-distributed  SNAT of a distributed router, to the same;
//   rule         a rule more in a security group that 100 ports on one host are in, to the end of the run;
//   idle         and how long a plan takes that reads a host with 50 routers of two networks each, and finds nothing to do.
//
//   npm run bench -- routing [--lab NAME] [--rounds 5] [--cases router,floating-ip,snat,snat-distributed,rule,idle]

import { parseArgs } from 'node:util'
import { labExec, labUp, type LabStatus } from '@/lab/lab'
import { packages } from '@/lab/packages'
import { apply, isReapplyEmpty, planAndApply } from '@/lab/scenarios/conduct'
import { openConsole, type Api } from '@/lab/scenarios/console-under-test'
import { computeHosts, defaultGroupOf, eraseDesign, letEverybodyIn, registerHosts } from '@/lab/scenarios/design'
import { runInGuest, waitForAddresses } from '@/lab/scenarios/guest'
import { haltKernel } from '@/lab/topology'
import {
  centralized,
  distributed,
  distributedOut,
  distributedSnat,
  drawRouterDesign,
  eraseRouterDesign,
  type RouterDesign,
  type RouterSetup,
} from '@/lab/scenarios/router-design'
import { FAR_OUTSIDE } from '@/lab/scenarios/router-proofs'
import { atMost, median, noBar, type Bench, type Measured } from './lib/bench'

export const bench: Bench = { about: 'routers and security groups on the practice network, from apply to packets', needs: packages, run }

const measures: Readonly<Record<string, (lab: LabStatus, api: Api, rounds: number) => Promise<readonly Measured[]>>> = {
  router: measureRouter,
  'floating-ip': measureFloatingIp,
  snat: (lab, api, count) =>
    measureSnat(lab, api, count, { ...centralized, agents: { ...centralized.agents, cmp2: 'openvswitch' } }, 'SNAT'),
  'snat-distributed': (lab, api, count) => measureSnat(lab, api, count, distributedSnat, 'SNAT of a distributed router'),
  rule: measureRule,
  idle: measureIdle,
}

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lab: { type: 'string', default: 'bench' },
      rounds: { type: 'string', default: '5' },
      cases: { type: 'string', default: 'router,floating-ip,snat,snat-distributed,rule,idle' },
    },
  })
  const lab = await labUp({ name: values.lab })
  const rows: Measured[] = []
  for (const name of values.cases.split(',')) {
    const { api, close } = await openConsole()
    try {
      rows.push(...(await measures[name]!(lab, api, Number(values.rounds))))
    } finally {
      await close()
    }
  }
  return rows
}

const BOOT_TIMEOUT_MS = 300_000
/** Asks again five times a second; the first answer ends it. */
const OUTSIDE_UNTIL_ANSWERED = 'until ping -q -c 1 -W 0.2 "$1" >/dev/null 2>&1; do :; done'
const UNTIL_ANSWERED = 'until /usr/local/bin/ping -q -c 1 -W 0.2 "$1" >/dev/null 2>&1; do :; done'

interface Round {
  readonly pingMs: number
  readonly applyMs: number
}

/** From pressing apply of what is planned; `answered` ends with the first answer. */
async function timeRound(api: Api, answered: () => Promise<unknown>): Promise<Round> {
  const plan = await api.plans.create()
  const start = performance.now()
  const since = () => performance.now() - start
  const ping = answered().then(since)
  const applyMs = await apply(api, plan).then(since)
  return { pingMs: await ping, applyMs }
}

const rowsOf = (what: string, limit: number, rounds: readonly Round[]): readonly Measured[] => [
  atMost(limit, { case: `${what} (ms)`, ours: median(rounds.map(({ pingMs }) => pingMs)) }),
  noBar({ case: 'the same, apply to read-back (ms)', ours: median(rounds.map(({ applyMs }) => applyMs)) }),
]

async function prepared(api: Api, lab: LabStatus, setup: RouterSetup): Promise<RouterDesign> {
  const design = await drawRouterDesign(api, lab, setup)
  await letEverybodyIn(api)
  await planAndApply(api)
  for (const { guest, address } of design.sides) await waitForAddresses(guest, [address], BOOT_TIMEOUT_MS)
  return design
}

async function erased(api: Api, design: RouterDesign): Promise<void> {
  await eraseRouterDesign(api, design)
  await planAndApply(api)
}

async function measureRouter(lab: LabStatus, api: Api, count: number): Promise<readonly Measured[]> {
  const design = await prepared(api, computeHosts(lab), { ...distributed, type: 'vxlan' })
  const { sides, routerId: id } = design
  const [blue, green] = sides
  const rounds: Round[] = []
  for (let round = 0; round < count; round += 1) {
    for (const { subnetId } of sides) await api.routers.removeInterface({ id, subnetId })
    await planAndApply(api)
    for (const { subnetId } of sides) await api.routers.addInterface({ id, subnetId })
    rounds.push(await timeRound(api, () => runInGuest(blue.guest, ['sh', '-c', UNTIL_ANSWERED, 'sh', green.address])))
  }
  await erased(api, design)
  return rowsOf('router with two networks, apply to first ping across hosts', 1500, rounds)
}

async function measureFloatingIp(lab: LabStatus, api: Api, count: number): Promise<readonly Measured[]> {
  const design = await prepared(api, computeHosts(lab), distributedOut)
  const { projectId } = await api.routers.get({ id: design.routerId })
  const rounds: Round[] = []
  for (let round = 0; round < count; round += 1) {
    const { id } = await api.floatingIps.create({ projectId, networkId: design.externalId!, fixedPortId: design.sides[0].portId })
    const { ipAddress } = await api.floatingIps.get({ id })
    rounds.push(await timeRound(api, () => labExec(lab.name, 'outside', ['sh', '-c', OUTSIDE_UNTIL_ANSWERED, 'sh', ipAddress ?? ''])))
    await api.floatingIps.remove({ id })
    await planAndApply(api)
  }
  await erased(api, design)
  return rowsOf('floating IP, apply to first ping from outside', 1000, rounds)
}

async function measureSnat(lab: LabStatus, api: Api, count: number, setup: RouterSetup, what: string): Promise<readonly Measured[]> {
  const design = await prepared(api, lab, setup)
  const { routerId: id, externalId, sides } = design
  const rounds: Round[] = []
  for (let round = 0; round < count; round += 1) {
    await api.routers.update({ id, patch: { gateway: null } })
    await planAndApply(api)
    await api.routers.update({ id, patch: { gateway: { networkId: externalId! } } })
    rounds.push(await timeRound(api, () => runInGuest(sides[0].guest, ['sh', '-c', UNTIL_ANSWERED, 'sh', FAR_OUTSIDE])))
  }
  await erased(api, design)
  return rowsOf(`${what}, apply to first ping out`, 1500, rounds)
}

/** Ten VMs with ten NICs each; none of them boots. */
const [VMS, NICS] = [10, 10]
const HOST = 'cmp1'

async function measureRule(lab: LabStatus, api: Api, rounds: number): Promise<readonly Measured[]> {
  const hostIds = await registerHosts(api, lab, false, { [HOST]: 'openvswitch' })
  const { id: projectId } = await api.projects.create({ name: 'bench' })
  const { id: networkId } = await api.networks.create({ projectId, name: 'bench', type: 'vxlan' })
  const { guestInitrd: initrd } = lab.hosts.find(({ name }) => name === HOST)!
  const { ids: vmIds } = await api.vms.createMany({
    count: VMS,
    pattern: {
      projectId,
      name: 'bench-#',
      hostId: hostIds[HOST]!,
      networkIds: Array.from({ length: NICS }, () => networkId),
      memoryMib: 128,
      vcpus: 1,
      boot: { kind: 'kernel', kernel: haltKernel, initrd, cmdline: '' },
    },
  })
  await planAndApply(api)
  const group = await defaultGroupOf(api, projectId)
  const [times, restores, commands]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    const port = 1000 + round
    await api.securityGroups.addRules({
      id: group.id,
      rules: [{ direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: port, portRangeMax: port }],
    })
    const plan = await api.plans.create()
    restores.push(plan.hosts.flatMap(({ steps }) => steps).length)
    const start = performance.now()
    const { timings } = await apply(api, plan)
    times.push(performance.now() - start)
    commands.push(timings[0]?.executeMs ?? 0)
  }
  const observe = await timesOf(rounds, () => api.hosts.observe({ id: hostIds[HOST]! }))
  await eraseDesign(api, { hostIds, networkId, vmIds })
  await planAndApply(api)
  return [
    atMost(500, { case: `one rule more in a group with ${VMS * NICS} ports on a host, apply to read-back (ms)`, ours: median(times) }),
    atMost(1, { case: 'the same, commands', ours: median(restores) }),
    noBar({ case: 'the same, the command alone (ms)', ours: median(commands) }),
    noBar({ case: 'a reading of that host (ms)', ours: median(observe) }),
  ]
}

const ROUTERS = 50
const NETWORK_HOST = 'net1'

async function measureIdle(lab: LabStatus, api: Api, rounds: number): Promise<readonly Measured[]> {
  const hostIds = await registerHosts(api, lab, false, { [NETWORK_HOST]: 'openvswitch' })
  const id = hostIds[NETWORK_HOST]!
  const bare = await timesOf(rounds, () => api.hosts.observe({ id }))
  const { id: projectId } = await api.projects.create({ name: 'bench' })
  const drawn: { readonly routerId: string; readonly networkIds: readonly string[]; readonly subnetIds: readonly string[] }[] = []
  for (let at = 0; at < ROUTERS; at += 1) {
    const { id: routerId } = await api.routers.create({ projectId, name: `bench-${at}` })
    const [networkIds, subnetIds]: [string[], string[]] = [[], []]
    for (const side of [0, 1]) {
      const name = `bench-${at}-${side}`
      const { id: networkId } = await api.networks.create({ projectId, name, type: 'vxlan' })
      const cidr = `10.${60 + side}.${at}.0/24`
      const { id: subnetId } = await api.subnets.create({ networkId, name, cidr, isDhcpEnabled: false })
      await api.routers.addInterface({ id: routerId, subnetId })
      networkIds.push(networkId)
      subnetIds.push(subnetId)
    }
    drawn.push({ routerId, networkIds, subnetIds })
  }
  const { plan, applyMs } = await planAndApply(api)
  const planned = await timesOf(rounds, async () => {
    if (!(await isReapplyEmpty(api))) throw new Error('there is something to do')
  })
  const read = await timesOf(rounds, () => api.hosts.observe({ id }))
  for (const { routerId, networkIds, subnetIds } of drawn) {
    for (const subnetId of subnetIds) await api.routers.removeInterface({ id: routerId, subnetId })
    await api.routers.remove({ id: routerId })
    for (const networkId of networkIds) await api.networks.remove({ id: networkId })
  }
  await api.hosts.setPrepared({ id, isPrepared: false })
  await planAndApply(api)
  return [
    atMost(1500, {
      case: `${ROUTERS} routers with two networks each on a host, read and planned with nothing to do (ms)`,
      ours: median(planned),
    }),
    noBar({ case: 'the same, read alone (ms)', ours: median(read) }),
    noBar({ case: 'that host without them, read alone (ms)', ours: median(bare) }),
    noBar({ case: 'to build them, apply to read-back (ms)', ours: applyMs }),
    noBar({ case: 'the same, commands', ours: plan.hosts.flatMap(({ steps }) => steps).length }),
  ]
}

async function timesOf(rounds: number, act: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await act()
    times.push(performance.now() - start)
  }
  return times
}
