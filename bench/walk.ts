// A thousand random packets through the switch of a large compute host, computed, beside `ofproto/trace` of the same packets on a real
// Open vSwitch that holds the same design. Both are counted in processor time, since other work on the machine does not change it: of
// the rival the thread that answers alone, over one connection with ports as numbers (looking up names costs it three times as much);
// of ours the whole process, with its garbage collector.
//
//   npm run bench -- walk [--lab NAME] [--seed 21]

import { parseArgs } from 'node:util'
import { labUp } from '@/lab/lab'
import { packages } from '@/lab/packages'
import { askSwitch, readState, switchOf } from '@/lab/walk/ask-switch'
import { judge, type Verdict } from '@/lab/walk/judge'
import { laySwitch, removeSwitch } from '@/lab/walk/lay-switch'
import { drawEntries } from '@/lab/walk/random-entries'
import { unixctl } from '@/lab/walk/unixctl'
import type { HostState } from '@/server/core/host/host-state'
import { traceSwitch, type SwitchEntry } from '@/server/core/walk/openflow/trace-switch'
import { atMost, fasterThanRival, median, noBar, type Bench, type Measured } from './lib/bench'
import { compileLargeHost, LARGE } from './lib/large-host'

const HOST = 'cmp1'
const PACKETS = 1000
const ROUNDS = 7
/** In a row, so that a round has the processor's caches as the rival has them in its thousand. */
const REPEATS = 5
/** A console runs for weeks; these many rounds are not counted, so that its code is compiled as it is then. */
const WARM_UP = 5
/** It has the same bridges. */
const SMALL = { networks: 2, ownPorts: 0, farPorts: 0 }

export const bench: Bench = {
  about: '1,000 packets through a host with 1,000 ports and 20,000 flows, beside ofproto/trace',
  needs: packages,
  run,
}

async function run(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { lab: { type: 'string', default: 'bench' }, seed: { type: 'string', default: '21' } },
  })
  await labUp({ name: values.lab })
  try {
    await layLargeHost(values.lab)
    const state = await readState(values.lab, HOST)
    return await measure(values.lab, state, drawEntries(state, PACKETS, Number(values.seed)))
  } finally {
    await removeSwitch(values.lab, HOST, compileLargeHost(SMALL).state)
  }
}

async function layLargeHost(lab: string): Promise<void> {
  const { state, learned } = compileLargeHost(LARGE)
  await laySwitch(lab, HOST, state)
  await unixctl(
    lab,
    HOST,
    learned.map(({ port, vlan, macAddress }) => ['fdb/add', ['br-int', port, String(vlan), macAddress]]),
  )
}

/** Rival and ours take turns, so that what else the machine does meets both. */
async function measure(lab: string, state: HostState, entries: readonly SwitchEntry[]): Promise<readonly Measured[]> {
  const cold = cpuMs(() => traceAll(switchOf(state), entries))
  const sw = switchOf(state)
  const verdicts = await judged(lab, state, entries)
  repeat(WARM_UP, () => traceAll(sw, entries))
  const [ours, rival]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round += 1) {
    rival.push((await askSwitch(lab, HOST, sw, entries, { isNamed: false })).cpuSeconds * 1000)
    ours.push(cpuMs(() => repeat(REPEATS, () => traceAll(sw, entries))) / REPEATS)
  }
  const count = (...kinds: Verdict['kind'][]) => verdicts.filter(({ kind }) => kinds.includes(kind)).length
  return [
    noBar({ case: 'flows of the host', ours: state.flows.length }),
    fasterThanRival(20, { case: `${PACKETS} packets (ms of a processor)`, ours: median(ours), rival: median(rival) }),
    noBar({ case: `the first ${PACKETS}, no table compiled before (ms of a processor)`, ours: cold }),
    atMost(1, { case: 'one packet (ms of a processor)', ours: median(ours) / PACKETS }),
    atMost(0, { case: 'disagreements', ours: count('differs') }),
    atMost(2, { case: 'cannot tell (% of the packets)', ours: (count('unknown', 'unchecked') * 100) / PACKETS }),
  ]
}

const traceAll = (sw: ReturnType<typeof switchOf>, entries: readonly SwitchEntry[]) => entries.map((entry) => traceSwitch(sw, entry))

function repeat(times: number, work: () => unknown): void {
  for (let time = 0; time < times; time += 1) work()
}

function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function judged(lab: string, state: HostState, entries: readonly SwitchEntry[]): Promise<readonly Verdict[]> {
  const sw = switchOf(state)
  const { traces } = await askSwitch(lab, HOST, sw, entries)
  return entries.map((entry, index) => judge(entry, traceSwitch(sw, entry), traces[index]!))
}
