// A daemon of a host: how to see that it answers, and how to start it. The lab restarts nothing by itself, as a broken
// daemon is something to show and to test; `up` repairs.

import { LabError } from '../errors'
import { enter, processesOf, type Keeper } from '../node/keeper'
import { killProcess } from '../node/processes'
import { must, run, type RunOptions } from '../run'
import { waitFor } from '../wait'

/** Any node, also one that nobody enters by SSH. */
export interface NodeContext {
  readonly keeper: Keeper
}

export interface HostContext extends NodeContext {
  readonly sshPort: number
}

export interface Service<Context extends NodeContext = HostContext> {
  /** The name the kernel shows for its process, which is also how people call it. */
  readonly command: string
  /** Nothing when the daemon answers, otherwise one sentence. Must come back within a few seconds in any case. */
  readonly findProblem: (host: Context) => Promise<string | undefined>
  readonly start: (host: Context) => Promise<void>
  /** How long it may take until it answers, where that is longer than for a daemon. */
  readonly startTimeoutMs?: number
}

/** Long enough for a busy machine, short enough for somebody who waits for `status`. */
const probeTimeoutMs = 5_000

export async function ensureService<Context extends NodeContext>(service: Service<Context>, host: Context): Promise<'running' | 'started'> {
  if ((await service.findProblem(host)) === undefined) return 'running'
  // A daemon that is there but does not answer would stand in the way of its successor.
  processesOf(host.keeper, service.command).forEach((each) => killProcess(each))
  await service.start(host)
  await waitFor(
    `${service.command} on ${host.keeper.node}`,
    async () => ((await service.findProblem(host)) === undefined ? true : undefined),
    service.startTimeoutMs === undefined ? {} : { timeoutMs: service.startTimeoutMs, everyMs: 250 },
  )
  return 'started'
}

/** Asks a daemon something through a client program; what the client complains of is the problem. */
export async function askClient(host: NodeContext, command: string, argv: readonly string[]): Promise<string | undefined> {
  const { code, stderr } = await run(enter(host.keeper, argv), { timeoutMs: probeTimeoutMs })
  if (code === 0) return undefined
  const reason = stderr.trim().split('\n').at(-1) ?? ''
  return `${command} does not answer${reason === '' ? '' : `: ${reason}`}`
}

/** Runs on the host a command that must succeed. */
export async function onHost(host: NodeContext, argv: readonly string[], options: RunOptions = {}): Promise<string> {
  try {
    return await must(enter(host.keeper, argv), options)
  } catch (cause) {
    throw new LabError(`${host.keeper.node}: ${argv[0]} failed`, undefined, { cause })
  }
}
