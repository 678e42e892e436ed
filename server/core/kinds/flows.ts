// OpenFlow flows, marked by the cookie. They change as one OpenFlow 1.4 bundle per bridge: a half-applied pipeline is never live.

import { plural } from '../explain/words'
import { changeCommand } from '../commands/command'
import { compareFields } from '../diff/compare-fields'
import type { HostDiff } from '../diff/kind-diff'
import { flowKey, type Flow } from '../host/flow'
import { isOurCookie } from '../naming'
import { batchStep, type StepDraft } from '../render/step-draft'
import { wantedOf, type Kind } from './kind'

/** Entries that a learn() action wrote carry its cookie; they age out by themselves. */
const isLearned = (flow: Flow): boolean => (flow.hardTimeout ?? 0) > 0 || (flow.idleTimeout ?? 0) > 0

/**
 * They name ports: Open vSwitch must have found the pairs just made. The other ports of the bridge are there when it is. $6 is the bridge.
 */
const PORTS_ARE_UP = String.raw`
pairs=$(ip -o link show type veth | sed -n "s/^[0-9]*: \([^@:]*\).* alias tapline:.*/ \1 /p")
ports=$(ovs-vsctl --timeout=20 list-ports "$6") || exit 2
set --
for port in $ports; do
  case $pairs in *" $port "*) set -- "$@" -- wait-until Interface "$port" "ofport>0" ;; esac
done
[ $# = 0 ] || ovs-vsctl --timeout=20 "$@" || exit 2
cat input`

export const flowKind: Kind<Flow> = {
  heading: 'OpenFlow flows',
  noun: 'flows',
  key: flowKey,
  label: (flow) => `flow ${flow.bridge} table ${flow.table} priority ${flow.priority} ${flow.match || 'any'}`,
  isOurs: (flow) => isOurCookie(flow.cookie) && !isLearned(flow),
  compare: (desired, observed) =>
    compareFields([
      ['actions', desired.actions, observed.actions],
      ['cookie', desired.cookie, observed.cookie],
      // One that is wanted stays.
      ['idle_timeout', desired.idleTimeout ?? 0, observed.idleTimeout ?? 0],
      ['hard_timeout', desired.hardTimeout ?? 0, observed.hardTimeout ?? 0],
    ]),
  // Which bridges are asked for their flows is told by the OVSDB.
  sections: [{ name: 'flows', of: 'bridge' }, { name: 'ovsdb' }],
  steps: [
    {
      name: 'flows.write',
      // They name ports, and setting a bridge's fail_mode later would clear them.
      after: ['ovsPorts.prepare'],
      render: writeFlows,
      restore: { script: PORTS_ARE_UP },
    },
  ],
  probes: [],
}

const identity = (flow: Flow): string =>
  [`table=${flow.table}`, `priority=${flow.priority}`, ...(flow.match === '' ? [] : [flow.match])].join(',')

const addLine = (flow: Flow): string => `add cookie=${flow.cookie},${identity(flow)},actions=${flow.actions}`
/** Strict and with our cookie, so that a foreign flow of the same match survives. */
const deleteLine = (flow: Flow): string => `delete_strict cookie=${flow.cookie}/-1,${identity(flow)}`

function writeFlows(diff: HostDiff): StepDraft[] {
  const goneBridges = new Set(diff.ovsBridges.removed.map((bridge) => bridge.name))
  const all = [...diff.flows.removed, ...wantedOf(diff.flows)]
  const bridges = [...new Set(all.map((flow) => flow.bridge))].filter((bridge) => !goneBridges.has(bridge)).sort()
  return bridges.flatMap((bridge) => bundle(diff, bridge))
}

function bundle({ flows }: HostDiff, bridge: string): StepDraft[] {
  const on = (flow: Flow) => flow.bridge === bridge
  const removed = flows.removed.filter(on)
  const written = wantedOf(flows).filter(on)
  const lines = [...removed.map(deleteLine), ...written.map(addLine)]
  const counts = [
    ...(written.length > 0 ? [`write ${plural(written.length, 'flow')}`] : []),
    ...(removed.length > 0 ? [`delete ${plural(removed.length, 'flow')}`] : []),
  ]
  return batchStep(`${bridge}: ${counts.join(', ')}`, 'One bundle: all of these flows change at once, or none.', lines, (stdin) =>
    changeCommand(['ovs-ofctl', '-O', 'OpenFlow14', '--bundle', 'add-flows', bridge, '-'], { stdin }),
  )
}
