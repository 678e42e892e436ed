// Reads the hosts of a path and draws it from what they have now. A host that cannot be read leaves its hops unproven and
// is reported; the others are still read.

import { traitsOf } from '@/server/core/agents/agent-traits'
import { AppError } from '@/server/core/app-error'
import { explainNoPath } from '@/server/core/explain/hop'
import type { Coded } from '@/server/core/finding'
import type { HostObservation } from '@/server/core/host/observation'
import { computePath } from '@/server/core/path/compute-path'
import { hostsToRead } from '@/server/core/path/carrier'
import { isPath } from '@/server/core/path/is-path'
import type { Path } from '@/server/core/path/path'
import type { NotMeasuredParams } from '@/server/core/path/verdict-params'
import type { Host } from '@/server/core/topology/topology'
import { silentSwitch } from './ask-switch'
import { type Drawing, messageOf, tell, type VerifyJob } from './verify-deps'

/** The path as designed, before anything is read. Throws when there is none. */
export const drawIntended = (job: Pick<VerifyJob, 'deps' | 'request'>): Path => draw(job, new Map())

export async function drawObserved(job: VerifyJob, { source, destination }: Path): Promise<Drawing> {
  const crossed = [source, destination].flatMap(({ portId }) => hostsToRead(job.deps.topology, portId))
  const hosts = new Map(crossed.map((host) => [host.id, host]))
  tell(job, { code: 'reading', params: { hosts: [...hosts.values()].map(({ name }) => name) } })
  const observations = new Map<string, HostObservation>()
  const hostProblems = new Map<string, Coded<NotMeasuredParams>>()
  const read = async (host: Host): Promise<void> => {
    const { id, name } = host
    try {
      const observation = job.deps.observe(id)
      // Who is told first that the switch hangs does not wait for the reading, which somebody else may share.
      const silence = traitsOf(host).usesOpenvswitch ? await Promise.race([silentSwitch(job.deps.session(id), name, job.signal), observation.then(() => null)]) : null
      if (silence === null) observations.set(id, await observation)
      else hostProblems.set(id, silence)
      observation.catch(() => undefined)
    } catch (error) {
      hostProblems.set(id, { code: 'host-unreadable', params: { host: name, said: messageOf(error) } })
    }
  }
  await Promise.all([...hosts.values()].map(read))
  job.signal.throwIfAborted()
  return { path: draw(job, observations), observations, hostProblems }
}

function draw({ deps, request }: Pick<VerifyJob, 'deps' | 'request'>, observations: ReadonlyMap<string, HostObservation>): Path {
  const path = computePath({ topology: deps.topology, found: deps.found, observations }, request.source, request.destination)
  if (isPath(path)) return path
  throw new AppError('invalid_input', explainNoPath(path), { rule: path.code })
}
