// Everything that was caught and counted → evidence per hop, DHCP, and the verdict. Reads nothing but the lease file.

import { AppError } from '@/server/core/app-error'
import { findConflicts, nameConflict, strangerOf, strangersIn } from '@/server/core/path/address-conflict'
import { conclude } from '@/server/core/path/conclude'
import type { GuestFinding } from '@/server/core/path/guest-state'
import { hopEvidence, withCrossings } from '@/server/core/path/hop-evidence'
import { sidesOf } from '@/server/core/path/path-sides'
import type { Verification } from '@/server/core/path/verification'
import { measuredHops } from '@/server/core/path/travel'
import { judgeTraffic } from '@/server/core/path/verdict'
import type { Measurement } from './measure-ping'
import type { Guests } from './guests'
import { measureHop, sightingOf, ttlOffsets } from './measure-hops'
import { dhcpEvidence, readDhcpServers } from './read-dhcp'
import type { Drawing, VerifyJob } from './verify-deps'

export type Judgement = Pick<Verification, 'status' | 'verdict' | 'firstBadHopId' | 'ping' | 'dhcp' | 'hops'>

export async function judgeMeasurement(job: VerifyJob, drawing: Drawing, guests: Guests, measurement: Measurement): Promise<Judgement> {
  const { path, observations, hostProblems } = drawing
  const { ping, problem: pingProblem } = measurement.outcome
  const transmitted = ping?.transmitted ?? 0
  const ttls = ttlOffsets(path, measurement.captures)
  const measured = measuredHops(path).map((hop) => ({
    hop,
    measure: measureHop(path, hop, { ...measurement, hostProblems, transmitted, ttls }),
  }))
  const sightings = new Map(measured.map(({ hop, measure }) => [hop.id, sightingOf(hop, measure, transmitted)]))
  const traffic = judgeTraffic({ path, sightings, drops: measurement.counters.drops, transmitted, received: ping?.received ?? 0 })
  const hops = withCrossings(
    path,
    measured.map(({ hop, measure }) => hopEvidence(path, hop, measure, traffic, ping)),
  )
  for (const evidence of hops) job.emit({ type: 'hop', evidence })

  // The leases of a cloud that somebody else runs are in files of its own.
  const vms = [path.source, path.destination].filter(({ kind, isFound }) => kind === 'vm' && !isFound)
  // Read again: a guest that has come up meanwhile has its lease since.
  const dhcp = dhcpEvidence(job.deps, await readDhcpServers(job.deps, vms, job.signal), vms, guests)
  const strangers = strangersIn(path, observations)
  const conflicts = findConflicts(path, ({ id }) => measurement.captures.get(id)?.packets ?? []).map((each) => ({
    hopId: each.hop.id,
    verdict: nameConflict(each, strangers),
  }))
  const isAskedFromInside = path.source.id !== job.request.source
  const sides = sidesOf({ ...job.deps.cloud, observations }, path.source.id, path.destination.id)
  if (!sides) throw new AppError('internal', 'The path lost its ends.')
  const facts = {
    path,
    sides,
    sightings,
    traffic,
    drops: measurement.counters.drops,
    ping,
    pingProblem,
    hostProblems: [...hostProblems.values()],
    dhcp,
    guests: findingsOf(guests),
    filters: measurement.counters.filters,
    conflicts,
    strangers: strangers.map(strangerOf),
    isAskedFromInside,
  }
  return { ...conclude(facts), ping, dhcp, hops }
}

const findingsOf = (guests: Guests): ReadonlyMap<string, GuestFinding> =>
  new Map([...guests].flatMap(([portId, { finding }]) => (finding ? [[portId, finding] as const] : [])))
