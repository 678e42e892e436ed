// Reads the hosts of a path and draws it from what they have now. A host that cannot be read leaves its hops unproven and
// is reported; the others are still read.

import { AppError } from '@/server/core/app-error'
import type { HostObservation } from '@/server/core/host/observation'
import { computePath } from '@/server/core/path/compute-path'
import { hostsToRead } from '@/server/core/path/carrier'
import { isPath } from '@/server/core/path/is-path'
import type { Path } from '@/server/core/path/path'
import { type Drawing, messageOf, tell, type VerifyJob } from './verify-deps'

/** The path as designed, before anything is read. Throws when there is none. */
export const drawIntended = (job: Pick<VerifyJob, 'deps' | 'request'>): Path => draw(job, new Map(), false)

export async function drawObserved(job: VerifyJob, { source, destination }: Path): Promise<Drawing> {
  const crossed = [source, destination].flatMap(({ portId }) => hostsToRead(job.deps.topology, portId))
  const hosts = new Map(crossed.map(({ id, name }) => [id, name]))
  tell(job, `Reading ${[...hosts.values()].join(' and ')}`)
  const observations = new Map<string, HostObservation>()
  const hostProblems = new Map<string, string>()
  const read = async ([hostId, name]: readonly [string, string]): Promise<void> => {
    try {
      observations.set(hostId, await job.deps.observe(hostId))
    } catch (error) {
      hostProblems.set(hostId, `${name} could not be read: ${messageOf(error)}`)
    }
  }
  await Promise.all([...hosts].map(read))
  job.signal.throwIfAborted()
  return { path: draw(job, observations, false), back: draw(job, observations, true), observations, hostProblems }
}

function draw({ deps, request }: Pick<VerifyJob, 'deps' | 'request'>, observations: ReadonlyMap<string, HostObservation>, isBack: boolean): Path {
  const [from, to] = isBack ? [request.destination, request.source] : [request.source, request.destination]
  const path = computePath({ topology: deps.topology, observations }, from, to)
  if (isPath(path)) return path
  throw new AppError('invalid_input', path.message, { rule: path.reason })
}
