// What each instruction does to a run. One row is one kind; `stop` ends the list of actions it stands in, not the run.

import { ETH_IPV4, isIp, isTagged, popVlan, pushVlan } from './packet'
import { performConntrack } from './conntrack'
import { performGroup } from './group'
import type { Instruction, Part } from './instruction'
import { isReserved, outputTo, outputToNumber } from './output-to'
import { normal } from './normal'
import { hasField } from './prerequisites'
import { forgetConnection } from './metadata'
import type { Translation } from './translation'

type Kind = Instruction['kind']
type Performers = { readonly [K in Kind]: (run: Translation, action: Extract<Instruction, { kind: K }>) => 'stop' | void }

/** In struct flow there is room for two tags. */
const MAX_TAGS = 2

const performers: Performers = {
  output: (run, { port }) => outputTo(run, port),
  'output-field': (run, { from }) => outputField(run, from),
  normal: (run) => normal(run),
  resubmit: performResubmit,
  set: ({ packet }, { field, parts }) => {
    if (hasField(packet, field)) packet.write(parts)
  },
  move: performMove,
  push: ({ packet, stack }, { from: { slot, start, width } }) => {
    stack.push(slot ? packet.take(slot, start, width) : { value: 0n, unknown: -1n, assumed: 0n })
  },
  pop: ({ packet, stack }, { to: { slot, start, width } }) => {
    const bits = stack.pop()
    if (bits && slot) packet.put(slot, start, width, bits)
  },
  'push-vlan': performPushVlan,
  'pop-vlan': ({ packet }) => popVlan(packet),
  'dec-ttl': decrementTtl,
  group: performGroup,
  learn: (run) => {
    run.visit.causes.push({ kind: 'learn', ref: run.flowRef, table: run.table })
  },
  'write-actions': writeActions,
  'clear-actions': (run) => {
    run.actionSet = []
    run.packet.set('actset_output', 0xffffffff)
  },
  clone: (run, { actions }) => run.runClone(actions),
  ct: performConntrack,
  'ct-clear': (run) => {
    if (run.isTracked) forgetConnection(run.packet)
    run.isTracked = false
  },
  exit: (run) => {
    run.hasExited = true
  },
  nothing: () => undefined,
  'not-understood': (run, { text }) => run.giveUp(text),
}

/** They lead to other tables or out of the bridge: what the flow did to the frame until now is what it did. */
const LEADING: ReadonlySet<Kind> = new Set<Kind>(['output', 'output-field', 'normal', 'resubmit', 'group', 'clone', 'ct'])

export function perform(run: Translation, action: Instruction): 'stop' | void {
  // The compiler cannot see that a row fits the kind it is found by.
  const performer = performers[action.kind] as (run: Translation, action: Instruction) => 'stop' | void
  if (!LEADING.has(action.kind)) return performer(run, action)
  run.settleCause()
  const result = performer(run, action)
  run.startCause()
  return result
}

function outputField(run: Translation, { slot, start, width }: Part): 'stop' | void {
  const bits = slot && run.packet.take(slot, start, width)
  if (!bits || bits.unknown !== 0n) return run.giveUp('output:field')
  if (bits.assumed !== 0n) run.visit.doubt('connection-state', { bridge: run.bridge.name, table: run.table, about: 'output:field' })
  if (bits.value > 0xffffn) return run.visit.drop('no-port', { bridge: run.bridge.name, port: bits.value.toString() })
  outputToNumber(run, Number(bits.value))
}

function performResubmit(run: Translation, { port, table, withTuple }: Extract<Instruction, { kind: 'resubmit' }>): 'stop' | void {
  if (withTuple && (!run.isTracked || !isIp(run.packet))) return
  if (withTuple) return run.giveUp('resubmit(,,ct)')
  const number = port === null ? null : run.bridge.numberOf(port)
  if (port !== null && (number === null || isReserved(port))) return run.giveUp(`resubmit(${port})`)
  run.resubmit(table ?? run.table, number)
}

/** in_port has 16 bits in one of its two names and 32 in the other. */
function performMove({ packet }: Translation, { from, to }: Extract<Instruction, { kind: 'move' }>): void {
  if (!to.slot || !hasField(packet, to.field) || !hasField(packet, from.field)) return
  const width = Math.min(from.width, to.width)
  packet.put(to.slot, to.start, width, from.slot ? packet.take(from.slot, from.start, width) : { value: 0n, unknown: -1n, assumed: 0n })
}

function performPushVlan(run: Translation, { tpid, mayBeImplied }: Extract<Instruction, { kind: 'push-vlan' }>): 'stop' | void {
  const tags = run.frame().vlans.length
  // What a host prints does not tell mod_vlan_vid from push_vlan,set_field; on a tagged frame they differ. Ours were sent in OpenFlow 1.4,
  // which has no mod_vlan_vid: ovs-ofctl makes a push of it.
  if (mayBeImplied && run.bridge.isObserved && !run.isOurFlow && isTagged(run.packet)) return run.doubt('push-or-rewrite')
  if (isTagged(run.packet) && tags >= MAX_TAGS) return run.doubt('third-tag')
  pushVlan(run.packet, tpid)
}

function decrementTtl(run: Translation): 'stop' | void {
  if (!isIp(run.packet)) return
  const ttl = run.packet.get('nw_ttl')
  if (ttl > 1) return run.packet.set('nw_ttl', ttl - 1)
  run.visit.drop('ttl-expired', { bridge: run.bridge.name, table: run.table, ip: run.packet.get('dl_type') === ETH_IPV4 ? 4 : 6 })
  return 'stop'
}

/** actset_output is the port of the set, unless a group goes before it. */
function writeActions(run: Translation, { actions }: Extract<Instruction, { kind: 'write-actions' }>): void {
  run.actionSet.push(...actions)
  const hasGroup = run.actionSet.some(({ kind }) => kind === 'group')
  const output = run.actionSet.findLast((action) => action.kind === 'output')
  const number = output?.kind === 'output' ? run.bridge.numberOf(output.port) : null
  run.packet.set('actset_output', hasGroup || number === null ? 0xffffffff : number)
}
