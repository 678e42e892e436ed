// 50 browsers' worth of pages watch while a run builds and clears a network host, in a design of 80 more hosts and 1,000 VMs: what the API's
// answers take, and the same runs unwatched. The console is the built one, a process of its own; the viewers are HTTP clients of this process.
//
//   npm run bench -- viewers [--lab NAME] [--viewers 50] [--rounds 3]

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { labUp, type LabStatus } from '@/lab/lab'
import { packages } from '@/lab/packages'
import { freePort } from '@/lab/relay'
import { openConsole } from '@/lab/scenarios/console-under-test'
import { registerHosts } from '@/lab/scenarios/design'
import { buildConsole } from '@/scripts/build'
import { startBuiltConsole, untilAnswers } from '@/scripts/built-console'
import { endServer } from '@/scripts/end-server'
import type { Plan } from '@/server/core/plan/plan'
import type { Run, RunEvent } from '@/server/core/plan/run'
import { settle } from '@/server/core/topology/settle'
import { emptyTopology } from '@/server/core/topology/complete-topology'
import type { Topology } from '@/server/core/topology/topology'
import { systemClock } from '@/server/effects/clock'
import { createStore } from '@/server/effects/db/create-store'
import { createEventHub } from '@/server/effects/events'
import { systemIds } from '@/server/effects/ids'
import { openLog } from '@/server/effects/log/logger'
import { atMost, median, nearRival, noBar, type Bench, type Measured } from './lib/bench'
import { mutate, query, subscribe } from './lib/console-http'
import { spreadCloud } from './lib/sized-cloud'
import { openViewers, pageOfRun, pagesOf, type Request } from './lib/viewers'

/** Serves all networks of the cloud. */
const HOST = 'net1'
const CLOUD = { hosts: 80, networks: 50, vms: 20, hostsPerNetwork: 20, roles: ['compute'] } as const
const BAR_MS = 200
/** Of the viewers, so many follow the run; the others have something else open. */
const FOLLOWING = 0.3

export const bench: Bench = { about: '50 browsers watch a run in a design of 80 hosts and 1,000 VMs', needs: packages, run }

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      lab: { type: 'string', default: 'bench' },
      viewers: { type: 'string', default: '50' },
      rounds: { type: 'string', default: '3' },
    },
  })
  buildConsole()
  const lab = await labUp({ name: values.lab })
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tapline-viewers-'))
  const hostIds = await prepareStore(dataDirectory, lab)
  const url = `http://127.0.0.1:${await freePort()}`
  const server = startBuiltConsole({ url, dataDirectory }, 'stderr')
  try {
    await untilAnswers(url)
    const site = { url, hostId: hostIds[HOST]!, viewers: Number(values.viewers) }
    await applyTo(site, true, 0)
    const rounds = await measure(site, Number(values.rounds))
    for (const id of Object.values(hostIds)) await mutate(url, { procedure: 'hosts.setPrepared', input: { id, isPrepared: false } })
    await apply(site, 0)
    return rowsOf(site.viewers, rounds)
  } finally {
    await endServer(server)
    rmSync(dataDirectory, { recursive: true, force: true })
  }
}

/** The hosts of the practice network are in the design as they are in any other; those of the cloud are only drawn. */
async function prepareStore(dataDirectory: string, lab: LabStatus): Promise<Readonly<Record<string, string>>> {
  const { api, close } = await openConsole(dataDirectory)
  const hostIds = await registerHosts(api, lab)
  await close()
  const store = createStore({
    dataDirectory,
    events: createEventHub(),
    clock: systemClock,
    ids: systemIds,
    logger: openLog('info'),
  })
  const cloud = spreadCloud(CLOUD)
  const drawn = { ...cloud, hosts: cloud.hosts.map((host) => ({ ...host, isPrepared: false })) }
  await store.edit((topology) => {
    const settled = settle(withAll(topology, drawn), [], null, systemIds)
    return settled.ok ? { ok: true, topology: settled.topology, value: null } : settled
  })
  await store.close()
  return hostIds
}

function withAll(left: Topology, right: Topology): Topology {
  const lists = Object.keys(emptyTopology) as (keyof Topology)[]
  return Object.fromEntries(lists.map((list) => [list, [...left[list], ...right[list]]])) as unknown as Topology
}

interface Site {
  readonly url: string
  readonly hostId: string
  readonly viewers: number
}

interface Watched {
  readonly tookMs: number
  readonly requests: readonly Request[]
}

interface Rounds {
  readonly alone: readonly number[]
  readonly watched: readonly Watched[]
}

/** Each round clears the host and builds it, unwatched and watched in turns, so that what else the machine does meets both. */
async function measure(site: Site, count: number): Promise<Rounds> {
  const [alone, watched]: [number[], Watched[]] = [[], []]
  for (let round = 0; round < count; round += 1) {
    for (const viewers of round % 2 === 0 ? [0, site.viewers] : [site.viewers, 0]) {
      for (const isPrepared of [false, true]) {
        const result = await applyTo(site, isPrepared, viewers)
        if (viewers === 0) alone.push(result.tookMs)
        else watched.push(result)
      }
    }
  }
  return { alone, watched }
}

async function applyTo(site: Site, isPrepared: boolean, viewers: number): Promise<Watched> {
  await mutate(site.url, { procedure: 'hosts.setPrepared', input: { id: site.hostId, isPrepared } })
  return apply(site, viewers)
}

/** From pressing apply to the last event of the run. */
async function apply({ url, hostId }: Site, viewers: number): Promise<Watched> {
  const { id: planId } = await mutate<Plan>(url, { procedure: 'plans.create' })
  const following = Math.round(viewers * FOLLOWING)
  const others = openViewers(url, pagesOf(hostId), viewers - following)
  await others.ready
  const start = performance.now()
  const { runId } = await mutate<{ runId: string }>(url, { procedure: 'runs.start', input: { planId } })
  const followers = openViewers(url, [pageOfRun(runId)], following)
  for await (const _ of subscribe<RunEvent>(url, { procedure: 'runs.watch', input: { runId } }));
  const tookMs = performance.now() - start
  await followers.ready
  const requests = (await Promise.all([others.close(), followers.close()])).flat().filter(({ startedAt }) => startedAt >= start)
  const { status, verdict } = await query<Run>(url, { procedure: 'runs.get', input: { id: runId } })
  if (status !== 'succeeded') throw new Error(`the run ${status}: ${JSON.stringify(verdict)}`)
  return { tookMs, requests }
}

function rowsOf(viewers: number, { alone, watched }: Rounds): readonly Measured[] {
  const times = watched.flatMap(({ requests }) => requests.map(({ tookMs }) => tookMs)).sort((left, right) => left - right)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!
  const took = { ours: median(watched.map(({ tookMs }) => tookMs)), rival: median(alone) }
  return [
    noBar({ case: `requests of ${viewers} viewers in ${watched.length} runs`, ours: times.length }),
    noBar({ case: 'the API answers, p50 (ms)', ours: at(0.5) }),
    atMost(BAR_MS, { case: 'the API answers, p99 (ms)', ours: at(0.99) }),
    nearRival(1.2, { case: 'a run watched, beside one unwatched (ms)', ...took }),
  ]
}
