// compile, diff and render of a large cloud: 200 hosts with 100 ports each, in tenants' networks of 25 ports on five hosts. What a plan is
// made of beside the readings of its hosts, which cost what their commands cost (bench observe).

import { compileHost } from '@/server/core/compile/compile'
import { diffHost, isEmptyDiff } from '@/server/core/diff/host-diff'
import { emptyHostState, type HostState, kindNames } from '@/server/core/host/host-state'
import { invariant } from '@/server/core/invariant'
import { renderSteps } from '@/server/core/render/render-steps'
import { updatePort } from '@/server/core/topology/kinds/port/port-edits'
import type { Topology } from '@/server/core/topology/topology'
import { systemIds } from '@/server/effects/ids'
import { atMost, median, noBar, type Bench, type Measured } from './lib/bench'
import { spreadCloud } from './lib/sized-cloud'

const HOSTS = 200
const ROUNDS = 5

export const bench: Bench = {
  about: 'compile, diff and render of 200 hosts with 20,000 ports: nothing changed, one port changed, all new; and of half as many',
  needs: [],
  run: async () => {
    const [half, whole] = [await measure(HOSTS / 2), await measure(HOSTS)]
    const size = `${HOSTS} hosts, ${whole.ports} ports, ${whole.resources} resources`
    const beside = `: ${HOSTS} hosts beside ${HOSTS / 2} (times as long)`
    return [
      ...rows(`${size}: nothing changed, every host read anew`, whole.same, (values) => atMost(2000, values)),
      ...rows(`${size}: one port’s addresses changed`, whole.onePort, (values) => atMost(200, values)),
      ...rows(`${size}: all new`, whole.allNew, noBar),
      ...growth(`nothing changed${beside}`, half.same, whole.same),
      ...growth(`all new${beside}`, half.allNew, whole.allNew),
    ]
  },
}

/** In milliseconds: by the clock, and of a processor, the garbage collector's included. The second is the same whatever else the machine does. */
interface Taken {
  readonly ms: number
  readonly cpuMs: number
}

type Row = (values: { readonly case: string; readonly ours: number }) => Measured

const rows = (what: string, { ms, cpuMs }: Taken, row: Row): readonly Measured[] => [
  row({ case: `${what} (ms)`, ours: ms }),
  noBar({ case: `${what} (ms of a processor)`, ours: cpuMs }),
]

const growth = (what: string, half: Taken, whole: Taken): readonly Measured[] => [
  atMost(2.2, { case: what, ours: whole.ms / half.ms }),
  noBar({ case: `${what}, of a processor`, ours: whole.cpuMs / half.cpuMs }),
]

interface Times {
  readonly ports: number
  readonly resources: number
  readonly same: Taken
  readonly onePort: Taken
  readonly allNew: Taken
}

async function measure(hosts: number): Promise<Times> {
  const topology = spreadCloud({ hosts, networks: hosts * 4, vms: 25, hostsPerNetwork: 5 })
  // Nothing is known of any host before: a console that was just started.
  const allNew = await medianOf(ROUNDS, (round) => planAll(withNewHosts(topology, round), () => emptyHostState))
  const read = () => new Map(topology.hosts.map(({ id }) => [id, structuredClone(compileHost(topology, id))]))
  const readings = Array.from({ length: ROUNDS }, read)
  const same = await medianOf(ROUNDS, (round) => expectSteps(0, planAll(topology, stateIn(readings[round]!))))
  const known = stateIn(readings.at(-1)!)
  const edits = Array.from({ length: ROUNDS }, (_, round) => withOtherAddress(topology, round))
  // Each beside the design that the hosts are as: beside the edit before, two ports would have changed.
  const asKnown = () => void expectSteps(0, planAll(topology, known))
  const onePort = await medianOf(ROUNDS, (round) => expectSteps(1, planAll(edits[round]!, known)), asKnown)
  const resources = topology.hosts.reduce((sum, { id }) => sum + count(compileHost(topology, id)), 0)
  return { ports: topology.ports.length, resources, same, onePort, allNew }
}

/** Steps of all hosts. */
function planAll(topology: Topology, observed: (hostId: string) => HostState): number {
  return topology.hosts.reduce((steps, { id, name }) => {
    const diff = diffHost(compileHost(topology, id), observed(id))
    return steps + (isEmptyDiff(diff) ? 0 : renderSteps(diff, name).length)
  }, 0)
}

function expectSteps(atLeast: number, steps: number): void {
  invariant(atLeast === 0 ? steps === 0 : steps >= atLeast, `${steps} steps planned`)
}

const stateIn = (readings: ReadonlyMap<string, HostState>) => (hostId: string) => readings.get(hostId)!

const withNewHosts = (topology: Topology, round: number): Topology => ({
  ...topology,
  hosts: topology.hosts.map((host) => ({ ...host, description: `round ${round}` })),
})

function withOtherAddress(topology: Topology, round: number): Topology {
  const port = topology.ports.filter(({ deviceOwner }) => deviceOwner === 'compute:nova')[round * 100]!
  const fixedIps = port.fixedIps.map(({ subnetId }) => ({ subnetId, ipAddress: '10.0.0.250' }))
  const outcome = updatePort(port.id, { fixedIps }, systemIds)(topology, topology)
  invariant(outcome.ok, `port ${port.id} could not be changed`)
  return outcome.topology
}

const count = (state: HostState): number => kindNames.reduce((sum, kind) => sum + state[kind].length, 0)

async function medianOf(rounds: number, work: (round: number) => unknown, before: () => void = () => {}): Promise<Taken> {
  const taken: Taken[] = []
  for (let round = 0; round < rounds; round += 1) {
    before()
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    await work(round)
    const { user, system } = process.cpuUsage(cpu)
    taken.push({ ms: performance.now() - start, cpuMs: (user + system) / 1000 })
  }
  return { ms: median(taken.map(({ ms }) => ms)), cpuMs: median(taken.map(({ cpuMs }) => cpuMs)) }
}
