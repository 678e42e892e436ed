// One fault at a time on hosts whose plan was empty: the verification places it at its hop and says the cause, and the next plan mends it.

import { explainVerdict } from '@/server/core/explain/verdict'
import { labExec } from '../lab'
import { planAndApply, verify } from './conduct'
import type { RouterStage } from './router-proofs'

export interface Fault {
  readonly name: string
  /** The host that is broken, and how. */
  readonly at: 'net1' | 'cmp1' | 'cmp2'
  readonly command: string
  /** Words of the verdict; absent: it does not place it. */
  readonly told?: RegExp
  /** What the next plan changes, where that alone tells it. */
  readonly planned?: RegExp
  /** What is sent gets through all the same; that something is wrong is told beside it. */
  readonly isPassed?: boolean
}

/** As a verification takes them. */
interface Ends {
  readonly from: string
  readonly to: string
}

export async function breakAndMend(
  { api, design, onProgress }: RouterStage,
  { from, to }: Ends,
  faults: readonly Fault[],
): Promise<string[]> {
  const problems: string[] = []
  const { lab } = design.sides[0].guest
  for (const { name, at, command, told, planned, isPassed = false } of faults) {
    onProgress(`breaking: ${name}`)
    const { code, stderr } = await labExec(lab, at, ['sh', '-c', command])
    if (code !== 0) problems.push(`${name}: ${stderr}`)
    const { status, verdict, firstBadHopId } = await verify(api, from, to)
    const sentence = verdict ? explainVerdict(verdict) : 'nothing'
    const isTold = told === undefined || told.test(sentence)
    if (status !== (isPassed ? 'passed' : 'failed') || !isTold) problems.push(`${name}: ${status}, at ${firstBadHopId}: ${sentence}`)
    const { plan } = await planAndApply(api)
    const changes = plan.hosts.flatMap((host) => host.changes.map(({ label }) => label)).join(', ')
    if (planned && !planned.test(changes)) problems.push(`${name}: the plan changes ${changes}`)
  }
  return problems
}
