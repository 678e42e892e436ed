// What the steps of the scenario of security groups work on, and their two moves: a change that is applied, and a list of what must pass between the
// guests and what must not.

import { linkLocal } from '@/server/core/compile/link-local'
import { isReapplyEmpty, planAndApply, type Applied } from './conduct'
import type { Api } from './console-under-test'
import type { ScenarioOptions } from './ground'
import { tryAll, type Attempt } from './reach'
import type { ReachReport } from './report'
import { ALICES_PORT, WEB_PORTS, type Name, type SecurityGroupDesign } from './security-group-design'

/** What all steps work on, and where they note what they find. */
export interface Stage {
  readonly options: ScenarioOptions
  readonly api: Api
  readonly design: SecurityGroupDesign
  readonly applied: Applied[]
  readonly reach: ReachReport[]
  readonly problems: string[]
}

export const NOT_EMPTY = 'planning again is not empty'

export async function change({ options, api, applied, problems }: Stage, what: string, edit: () => Promise<unknown>): Promise<Applied> {
  options.onProgress(what)
  await edit()
  const done = await planAndApply(api)
  applied.push(done)
  if (!(await isReapplyEmpty(api))) problems.push(`${NOT_EMPTY} after ${what}`)
  return done
}

interface Wanted extends Omit<ReachReport, 'step' | 'passed'> {
  readonly from: Name
  readonly to: Name
}
const way =
  (wanted: boolean) =>
  (from: Name, to: Name, ...whats: ReachReport['what'][]): Wanted[] =>
    whats.map((what) => ({ from, to, what, wanted }))
export const passes = way(true)
export const fails = way(false)
/** Of each kind one: nothing passes at all. */
export const nothing = (from: Name, to: Name): Wanted[] => fails(from, to, `tcp ${WEB_PORTS.from}`, `udp ${ALICES_PORT}`, 'icmp')
export const anything = (from: Name, to: Name): Wanted[] => passes(from, to, `tcp ${WEB_PORTS.to + 1}`, `udp ${ALICES_PORT + 1}`, 'icmp')

/** All guests try at once: most of it is waiting for what does not come. */
export async function prove(
  { options, design: { machines }, reach }: Stage,
  step: string,
  ...lists: readonly (readonly Wanted[])[]
): Promise<void> {
  options.onProgress(`trying what passes: ${step}`)
  const wanted = lists.flat()
  const senders = [...new Set(wanted.map(({ from }) => from))]
  const found = senders.map(async (sender) => {
    const own = wanted.filter(({ from }) => from === sender)
    const attempts = own.map(({ to, what, wanted: isWanted }): Attempt =>
      what === 'icmp6'
        ? { what: 'icmp', address: `${linkLocal(machines[to].macAddress)}%eth0`, isWanted }
        : { what, address: machines[to].address, isWanted },
    )
    const passed = await tryAll(machines[sender].guest, attempts)
    return own.map((each, index): ReachReport => ({ step, ...each, passed: passed[index]! }))
  })
  reach.push(...(await Promise.all(found)).flat())
}

export const explainReach = ({ step, from, to, what, passed }: ReachReport): string =>
  `${step}: ${what} from ${from} ${passed ? 'reaches' : 'does not reach'} ${to}`
