// Reads the hosts of a path and draws it from what they have now. A host that cannot be read leaves its hops unproven and
// is reported; the others are still read.

import { traitsOf } from '@/server/core/agents/agent-traits'
import { AppError } from '@/server/core/app-error'
import { explainNoPath } from '@/server/core/explain/hop'
import type { Coded } from '@/server/core/finding'
import type { HostObservation } from '@/server/core/host/observation'
import { computePath } from '@/server/core/path/compute-path'
import { crossedHosts } from '@/server/core/path/crossed-hosts'
import { isPath } from '@/server/core/path/is-path'
import type { Path } from '@/server/core/path/path'
import { asMeasured, isRouted } from '@/server/core/path/travel'
import type { NotMeasuredParams } from '@/server/core/path/verdict-params'
import type { Host } from '@/server/core/topology/kinds/host/host'
import { silentSwitch } from './ask-switch'
import { type Drawing, messageOf, reportStage, type VerifyJob } from './verify-deps'

/** The path as it is known before anything is read. Throws when there is none. */
export const drawIntended = (job: Pick<VerifyJob, 'deps' | 'request'>): Path => draw(job, job.deps.cloud.observations)

export async function drawObserved(job: VerifyJob, intended: Path): Promise<Drawing> {
  const { cloud } = job.deps
  const observations = new Map<string, HostObservation>()
  const hostProblems = new Map<string, Coded<NotMeasuredParams>>()
  // What is known of a host that somebody else wires; of one that cannot be read, what was read before.
  const known = () => new Map([...cloud.observations, ...observations])
  const unread = () => crossedBy(job, known()).filter(({ id }) => !observations.has(id) && !hostProblems.has(id))
  // A router may stand elsewhere than where it was last seen.
  for (let hosts = unread(); hosts.length > 0; hosts = unread()) {
    reportStage(job, { code: 'reading', params: { hosts: hosts.map(({ name }) => name) } })
    await Promise.all(hosts.map((host) => readHost(job, host, observations, hostProblems)))
    job.signal.throwIfAborted()
  }
  return { path: asMeasured(draw(job, isRouted(intended) ? known() : observations)), observations, hostProblems }
}

const crossedBy = (
  { deps: { cloud }, request: { source, destination } }: VerifyJob,
  observations: ReadonlyMap<string, HostObservation>,
): Host[] => crossedHosts({ ...cloud, observations }, source, destination)

async function readHost(
  job: VerifyJob,
  host: Host,
  observations: Map<string, HostObservation>,
  problems: Map<string, Coded<NotMeasuredParams>>,
): Promise<void> {
  const { id, name } = host
  try {
    const observation = job.deps.observe(id)
    // Who is told first that the switch hangs does not wait for the reading, which somebody else may share.
    const silence = traitsOf(host).usesOpenvswitch
      ? await Promise.race([silentSwitch(job.deps.session(id), name, job.signal), observation.then(() => null)])
      : null
    if (silence === null) observations.set(id, await observation)
    else problems.set(id, silence)
    observation.catch(() => undefined)
  } catch (error) {
    problems.set(id, { code: 'host-unreadable', params: { host: name, said: messageOf(error) } })
  }
}

function draw({ deps: { cloud }, request }: Pick<VerifyJob, 'deps' | 'request'>, observations: ReadonlyMap<string, HostObservation>): Path {
  const path = computePath({ ...cloud, observations }, request.source, request.destination)
  if (isPath(path)) return path
  throw new AppError('invalid_input', explainNoPath(path), { rule: path.code })
}
