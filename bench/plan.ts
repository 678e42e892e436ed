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
    return [
      atMost(2000, { case: `${size}: nothing changed, every host read anew (ms)`, ours: whole.same }),
      atMost(200, { case: `${size}: one port’s addresses changed (ms)`, ours: whole.onePort }),
      noBar({ case: `${size}: all new (ms)`, ours: whole.allNew, floor: null }),
      growth('nothing changed', half.same, whole.same),
      growth('all new', half.allNew, whole.allNew),
    ]
  },
}

/** Times in milliseconds. */
interface Times {
  readonly ports: number
  readonly resources: number
  readonly same: number
  readonly onePort: number
  readonly allNew: number
}

const growth = (what: string, half: number, whole: number): Measured =>
  atMost(2.2, { case: `${what}: ${HOSTS} hosts beside ${HOSTS / 2} (times as long)`, ours: whole / half })

async function measure(hosts: number): Promise<Times> {
  const topology = spreadCloud({ hosts, networks: hosts * 4, vms: 25, hostsPerNetwork: 5 })
  // Nothing is known of any host before: a console that was just started.
  const allNew = await medianOf(ROUNDS, (round) => planAll(withNewHosts(topology, round), () => emptyHostState))
  const read = () => new Map(topology.hosts.map(({ id }) => [id, structuredClone(compileHost(topology, id))]))
  const readings = Array.from({ length: ROUNDS }, read)
  const same = await medianOf(ROUNDS, (round) => expectSteps(0, planAll(topology, stateIn(readings[round]!))))
  const known = stateIn(readings.at(-1)!)
  const edits = Array.from({ length: ROUNDS }, (_, round) => withOtherAddress(topology, round))
  const onePort = await medianOf(ROUNDS, (round) => expectSteps(1, planAll(edits[round]!, known)))
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

async function medianOf(rounds: number, work: (round: number) => unknown): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now()
    await work(round)
    times.push(performance.now() - start)
  }
  return median(times)
}
