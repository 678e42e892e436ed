// What systemd would do for the console's units. A host of the lab has no systemd; its boot does for `tapline-*.service` what
// these units ask of it, and nothing else: a oneshot service is run when a unit that wants it has started, and waited for.
// The switch counts as such a unit each time it starts; multi-user.target starts once, with the host.

import { LabError } from '../errors'
import { enter } from '../node/keeper'
import { run } from '../run'
import type { HostContext } from './service'

const systemUnits = '/etc/systemd/system'
const pattern = 'tapline-*.service'

export type StartedUnit = 'multi-user.target' | 'ovs-vswitchd.service'

/** Runs what is wanted by the units that have just started, each once. Returns what it ran, with its exit code. */
export async function runWantedUnits(
  host: HostContext,
  started: readonly StartedUnit[],
): Promise<readonly (readonly [unit: string, code: number])[]> {
  const lists = await Promise.all(started.map((unit) => listWanted(host, unit)))
  const results: [string, number][] = []
  for (const unit of [...new Set(lists.flat())].sort()) results.push([unit, await runUnit(host, unit)])
  return results
}

/** A unit is enabled by a link in the `.wants` directory of another. */
async function listWanted(host: HostContext, by: StartedUnit): Promise<readonly string[]> {
  const { stdout } = await run(enter(host.keeper, ['find', `${systemUnits}/${by}.wants`, '-name', pattern, '-printf', '%f\\n']))
  return stdout.split('\n').filter(Boolean)
}

/** A unit that fails is the host's matter, as with systemd: the boot goes on, and its log says why. */
async function runUnit(host: HostContext, unit: string): Promise<number> {
  const file = await run(enter(host.keeper, ['cat', `${systemUnits}/${unit}`]))
  if (file.code !== 0) throw new LabError(`${host.keeper.node}: ${unit} is enabled but not there`)
  const log = `/var/log/${unit}.log`
  const { code } = await run(
    enter(host.keeper, ['sh', '-c', 'log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null', 'sh', log, ...execStart(file.stdout)]),
    { timeoutMs: 300_000 },
  )
  return code
}

/**
 * The one command of a oneshot service. Strict, so that a unit which asks for more than this can do is noticed: no quotes,
 * no variables, no prefixes such as `-` or `!`.
 */
export function execStart(unitFile: string): readonly string[] {
  const service = /^\[Service\]$([^[]*)/m.exec(unitFile)?.[1] ?? ''
  const values = (key: string): readonly string[] => [...service.matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(([, value = '']) => value)
  const [command = '', ...more] = values('ExecStart')
  if (values('Type').join() !== 'oneshot' || more.length > 0 || !/^\/[\w./ -]+$/.test(command)) {
    throw new LabError(`not a unit that the lab can run: ${values('Type').join()} ${command}`)
  }
  return command.split(' ')
}
