// How long it takes on the practice network from pressing apply until packets pass, or rules hold. The VMs run before, and the plan is made:
//   router   a distributed router between the networks of two VMs on two hosts, to the first ping from one to the other;
//   rule     a rule more in a security group that 100 ports on one host are in, to the end of the run.
//
//   npm run bench -- routing [--lab NAME] [--rounds 5] [--cases router,rule]

import { parseArgs } from 'node:util'
import { labUp, type LabStatus } from '@/lab/lab'
import { packages } from '@/lab/packages'
import { apply, planAndApply } from '@/lab/scenarios/conduct'
import { openConsole, type Api } from '@/lab/scenarios/console-under-test'
import { computeHosts, defaultGroupOf, eraseDesign, registerHosts } from '@/lab/scenarios/design'
import { runInGuest, waitForAddresses } from '@/lab/scenarios/guest'
import { haltKernel } from '@/lab/topology'
import { distributed, drawRouterDesign, eraseRouterDesign } from '@/lab/scenarios/router-design'
import { atMost, median, noBar, type Bench, type Measured } from './lib/bench'

export const bench: Bench = { about: 'routers and security groups on the practice network, from apply to packets', needs: packages, run }

const measures: Readonly<Record<string, (lab: LabStatus, api: Api, rounds: number) => Promise<readonly Measured[]>>> = {
  router: measureRouter,
  rule: measureRule,
}

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lab: { type: 'string', default: 'bench' },
      rounds: { type: 'string', default: '5' },
      cases: { type: 'string', default: 'router,rule' },
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
const UNTIL_ANSWERED = 'until /usr/local/bin/ping -q -c 1 -W 0.2 "$1" >/dev/null 2>&1; do :; done'

async function measureRouter(lab: LabStatus, api: Api, rounds: number): Promise<readonly Measured[]> {
  const design = await drawRouterDesign(api, computeHosts(lab), { ...distributed, type: 'vxlan' })
  const [blue, green] = design.sides
  const [pings, applies]: [number[], number[]] = [[], []]
  await planAndApply(api)
  for (const { guest, address } of design.sides) await waitForAddresses(guest, [address], BOOT_TIMEOUT_MS)
  for (let round = 0; round < rounds; round += 1) {
    for (const { subnetId } of design.sides) await api.routers.removeInterface({ id: design.routerId, subnetId })
    await planAndApply(api)
    for (const { subnetId } of design.sides) await api.routers.addInterface({ id: design.routerId, subnetId })
    const plan = await api.plans.create()
    const start = performance.now()
    const since = () => performance.now() - start
    const answered = runInGuest(blue.guest, ['sh', '-c', UNTIL_ANSWERED, 'sh', green.address]).then(since)
    applies.push(await apply(api, plan).then(since))
    pings.push(await answered)
  }
  await eraseRouterDesign(api, design)
  await planAndApply(api)
  return [
    atMost(1500, { case: 'router with two networks, apply to first ping across hosts (ms)', ours: median(pings) }),
    noBar({ case: 'the same, apply to read-back (ms)', ours: median(applies) }),
  ]
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
  const [times, restores]: [number[], number[]] = [[], []]
  for (let round = 0; round < rounds; round += 1) {
    const port = 1000 + round
    await api.securityGroups.addRules({
      id: group.id,
      rules: [{ direction: 'ingress', etherType: 'IPv4', protocol: 'tcp', portRangeMin: port, portRangeMax: port }],
    })
    const plan = await api.plans.create()
    restores.push(plan.hosts.flatMap(({ steps }) => steps).length)
    const start = performance.now()
    await apply(api, plan)
    times.push(performance.now() - start)
  }
  const observe: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await api.hosts.observe({ id: hostIds[HOST]! })
    observe.push(performance.now() - start)
  }
  await eraseDesign(api, { hostIds, networkId, vmIds })
  await planAndApply(api)
  return [
    atMost(500, { case: `one rule more in a group with ${VMS * NICS} ports on a host, apply to read-back (ms)`, ours: median(times) }),
    atMost(1, { case: 'the same, commands', ours: median(restores) }),
    noBar({ case: 'a reading of that host (ms)', ours: median(observe) }),
  ]
}
