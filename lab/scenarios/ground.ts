// What every scenario begins and ends with: a lab whose hosts are bare, a console of its own, and somebody's things made by hand on one host; at
// the end the deletion, what it left of ours, and whether what was made by hand is as it was.

import { labExec, labUp, type LabHost, type LabOptions, type LabStatus } from '../lab'
import { labPaths } from '../paths'
import { openConsole, type Api } from './console-under-test'
import type { Foreign } from './foreign'
import { findLeftovers, snapshot } from './snapshot'

export interface ScenarioOptions {
  readonly lab: string
  /** Leave the result on the hosts for inspection. */
  readonly isKept: boolean
  readonly onProgress: (sentence: string) => void
}

/** What somebody made by hand, and where. */
interface Witness {
  readonly host: string
  readonly things: Foreign
}

export interface Ground {
  readonly options: ScenarioOptions
  readonly witness: Witness
  readonly lab: LabStatus
  readonly labMs: number
  readonly api: Api
  readonly dataDirectory: string
}

/** How the hosts were before the scenario. */
interface Before {
  readonly hosts: readonly LabHost[]
  readonly bare: readonly ReadonlySet<string>[]
  /** What was made by hand, as text. */
  readonly foreign: string
}

/** What is left once the scenario is over. */
export interface Ending {
  readonly deleteMs: number
  /** Null where the result was kept. */
  readonly leftovers: readonly string[] | null
  readonly foreignUntouched: boolean
}

export async function onGround<T>(
  options: ScenarioOptions,
  { extras = [], ...witness }: Witness & { readonly extras?: LabOptions['extras'] },
  act: (ground: Ground) => Promise<T>,
): Promise<T> {
  const labStart = performance.now()
  const lab = await labUp({ name: options.lab, extras })
  const labMs = performance.now() - labStart
  await assertBare(options.lab, lab)
  const { api, dataDirectory, close } = await openConsole(labPaths(options.lab).scenarioDir)
  try {
    return await act({ options, witness, lab, labMs, api, dataDirectory })
  } finally {
    if (!options.isKept) await witness.things.remove(options.lab, witness.host)
    await close()
  }
}

/** A scenario begins with bare hosts; it would fight over them with whoever built there. */
async function assertBare(name: string, { hosts }: LabStatus): Promise<void> {
  const codes = await Promise.all(hosts.map(async (host) => (await labExec(name, host.name, ['ovs-vsctl', 'br-exists', 'br-int'])).code))
  const built = hosts.filter((_, index) => codes[index] === 0).map((host) => host.name)
  if (built.length === 0) return
  throw new Error(
    `lab ${name} is not bare: br-int is on ${built.join(', ')}, from a scenario that was kept or a console that uses this lab. Take it down (npm run -s lab -- down --name ${name}) or use another one (--lab NAME).`,
  )
}

export async function lookBefore(ground: Ground, hosts: readonly LabHost[]): Promise<Before> {
  const foreign = await makeByHand(ground)
  return { hosts, foreign, bare: await snapshotAll(ground, hosts) }
}

/** What must not change, as text. */
export async function makeByHand({ options, witness }: Ground): Promise<string> {
  await witness.things.make(options.lab, witness.host)
  return witness.things.read(options.lab, witness.host)
}

export const snapshotAll = ({ options }: Ground, hosts: readonly LabHost[]) =>
  Promise.all(hosts.map(({ name }) => snapshot(options.lab, name)))

/** Deletes unless the result is kept, and looks for what is left. */
export async function finish({ options, witness }: Ground, before: Before, erase: () => Promise<unknown>): Promise<Ending> {
  const isUntouched = async () => before.foreign === (await witness.things.read(options.lab, witness.host))
  const isUntouchedByApply = await isUntouched()
  if (options.isKept) {
    options.onProgress('keeping the result')
    return { deleteMs: 0, leftovers: null, foreignUntouched: isUntouchedByApply }
  }
  options.onProgress('deleting')
  const start = performance.now()
  await erase()
  const deleteMs = performance.now() - start
  const foreignUntouched = isUntouchedByApply && (await isUntouched())
  // It may have come after the hosts were looked at.
  await witness.things.remove(options.lab, witness.host)
  return { deleteMs, foreignUntouched, leftovers: await findLeftovers(options.lab, before.hosts, before.bare) }
}
