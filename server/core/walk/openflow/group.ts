// group:ID, by its type: every bucket (all, indirect), one by a hash of the packet (select), the first that lives (ff). Which one a
// hash takes is the datapath's business, so the buckets of a select group that live are alternatives.

import type { Instruction } from './instruction'
import type { Group } from './switch'
import type { Translation } from './translation'

type Bucket = Group['buckets'][number]

export function performGroup(run: Translation, { id }: Extract<Instruction, { kind: 'group' }>): 'stop' | void {
  if (!run.mayGoDeeper()) return
  const group = run.bridge.group(id)
  const ref = `${run.bridge.name}/${id}`
  if (group === null) {
    run.visit.doubt('unread', { bridge: run.bridge.name, group: id })
    run.hasExited = true
    return 'stop'
  }
  run.visit.causes.push({ kind: 'group', ref })
  if (!group) {
    run.visit.drop('no-port', { bridge: run.bridge.name, group: id })
    return 'stop'
  }
  runBuckets(run, group)
}

function runBuckets(run: Translation, { type, buckets }: Group): void {
  if (type === 'all' || type === 'indirect') return runAll(run, buckets)
  const candidates = type === 'ff' ? firstLiving(run, buckets) : choosable(run, buckets)
  if (candidates.length === 1) return runAll(run, candidates)
  const outer = run.alternative
  run.alternative = run.visit.nextAlternative()
  runAll(run, candidates)
  run.alternative = outer
}

const runAll = (run: Translation, buckets: readonly Bucket[]): void => buckets.forEach((bucket) => run.runBucket(bucket.actions))

/** null: nobody knows. */
function lives({ bridge }: Translation, { watchPort }: Bucket): boolean | null {
  if (watchPort === null) return true
  const port = bridge.port(watchPort)
  if (!port || port.number === null) return false
  const state = port.bond === undefined ? port.row?.interface.linkState : undefined
  return state === 'up' ? true : state === 'down' ? false : null
}

const choosable = (run: Translation, buckets: readonly Bucket[]): readonly Bucket[] =>
  buckets.filter((bucket) => bucket.weight > 0 && lives(run, bucket) !== false)

/** The first that lives, and before it those of which nobody knows. */
function firstLiving(run: Translation, buckets: readonly Bucket[]): readonly Bucket[] {
  const first = buckets.findIndex((bucket) => lives(run, bucket) === true)
  return buckets.slice(0, first < 0 ? undefined : first + 1).filter((bucket) => lives(run, bucket) !== false)
}
