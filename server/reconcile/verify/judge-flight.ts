// Everything that was caught and counted → evidence per hop, DHCP, and the verdict. Reads nothing but the lease file.

import { AppError } from '@/server/core/app-error'
import { conclude } from '@/server/core/path/conclude'
import { hopEvidence, withCrossings } from '@/server/core/path/hop-evidence'
import { sidesOf } from '@/server/core/path/path-sides'
import type { Verification } from '@/server/core/path/verification'
import { judgeTraffic } from '@/server/core/path/verdict'
import type { Flight } from './fly'
import type { Guests } from './guests'
import { measureHop, sightingOf } from './measure-hops'
import { readDhcpEvidence } from './read-dhcp'
import type { Drawing, VerifyJob } from './verify-deps'

export type Judgement = Pick<Verification, 'status' | 'verdict' | 'firstBadHopId' | 'ping' | 'dhcp' | 'hops'>

export async function judgeFlight(job: VerifyJob, drawing: Drawing, guests: Guests, flight: Flight): Promise<Judgement> {
  const { path, back, observations, hostProblems } = drawing
  const { ping, problem: pingProblem } = flight.outcome
  const transmitted = ping?.transmitted ?? 0
  const measured = path.hops.map((hop) => ({ hop, measure: measureHop(path, back, hop, { ...flight, hostProblems, transmitted }) }))
  const sightings = new Map(measured.map(({ hop, measure }) => [hop.id, sightingOf(hop, measure)]))
  const traffic = judgeTraffic({ path, sightings, drops: flight.counters.drops, transmitted })
  const hops = withCrossings(measured.map(({ hop, measure }) => hopEvidence(path, hop, measure, traffic, ping)))
  for (const evidence of hops) job.emit({ type: 'hop', evidence })

  const vms = [path.source, path.destination].filter(({ kind }) => kind === 'vm')
  const dhcp = await readDhcpEvidence(job.deps, vms, guests, job.signal)
  const sides = sidesOf({ topology: job.deps.topology, observations }, job.request.source, job.request.destination)
  if (!sides) throw new AppError('internal', 'The path lost its ends.')
  const facts = { path, sides, sightings, traffic, drops: flight.counters.drops, ping, pingProblem, hostProblems: [...hostProblems.values()], dhcp }
  return { ...conclude(facts), ping, dhcp, hops }
}
