// Flow changes as one OpenFlow 1.4 bundle per bridge: a half-applied pipeline is never live. Deletes are strict and carry
// our cookie, so that a foreign flow of the same match survives.

import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import type { Flow } from '../host/flow'
import { batchStep, plural, type StepDraft } from './step-draft'

const identity = (flow: Flow): string =>
  [`table=${flow.table}`, `priority=${flow.priority}`, ...(flow.match === '' ? [] : [flow.match])].join(',')

const addLine = (flow: Flow): string => `add cookie=${flow.cookie},${identity(flow)},actions=${flow.actions}`
const deleteLine = (flow: Flow): string => `delete_strict cookie=${flow.cookie}/-1,${identity(flow)}`

export function renderBundles(diff: HostDiff): StepDraft[] {
  const goneBridges = new Set(diff.ovsBridges.removed.map((bridge) => bridge.name))
  const all = [...diff.flows.removed, ...diff.flows.added, ...diff.flows.changed.map((change) => change.to)]
  const bridges = [...new Set(all.map((flow) => flow.bridge))].filter((bridge) => !goneBridges.has(bridge)).sort()
  return bridges.flatMap((bridge) => bundle(diff, bridge))
}

function bundle(diff: HostDiff, bridge: string): StepDraft[] {
  const on = (flow: Flow) => flow.bridge === bridge
  const removed = diff.flows.removed.filter(on)
  const written = [...diff.flows.added, ...diff.flows.changed.map((change) => change.to)].filter(on)
  const lines = [...removed.map(deleteLine), ...written.map(addLine)]
  const counts = [
    ...(written.length > 0 ? [`write ${plural(written.length, 'flow')}`] : []),
    ...(removed.length > 0 ? [`delete ${plural(removed.length, 'flow')}`] : []),
  ]
  return batchStep(`${bridge}: ${counts.join(', ')}`, 'One bundle: all of these flows change at once, or none.', lines, (stdin) =>
    changeCommand(['ovs-ofctl', '-O', 'OpenFlow14', '--bundle', 'add-flows', bridge, '-'], { stdin }),
  )
}
