// Text of a reading → HostState, for a host with 1,000 ports and 20,000 flows. The first pass runs in a process of its own, because a
// console that has just started has nothing compiled yet. The rival is the parser that comes with Open vSwitch for Python. And a host
// of the practice network with as many ports and flows, read whole, beside the time of its commands alone.
//
//   npm run bench -- observe [--lab NAME]

import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { packages } from '@/lab/packages'
import { observeHost } from '@/server/reconcile/observe'
import { newFlowMemo, type FlowMemo } from '@/server/core/parse/openflow/flow-memo'
import { dumpFlowSteps } from '@/server/core/parse/openflow/dump-flows'
import { atMost, fasterThanRival, median, noBar, type Bench, type Measured } from './lib/bench'
import { flowText } from './lib/flow-text'
import { largeReadSession, NONCE } from './lib/large-reading'
import { whileTurning } from './lib/loop-turns'
import { measureRealReading } from './lib/real-reading'

const PORTS = 1000
const ROUNDS = 5
/** Debian's interpreter, which has Debian's modules. */
const PYTHON = '/usr/bin/python3'
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url))

export const bench: Bench = {
  about: '1,000 ports and 20,000 flows, text to HostState',
  needs: [
    ...packages,
    { package: 'python3-openvswitch', why: 'the rival', probe: '/usr/lib/python3/dist-packages/ovs/flow/ofp.py' },
    { package: 'python3-netaddr', why: 'the rival parses addresses with it', probe: '/usr/lib/python3/dist-packages/netaddr/__init__.py' },
    { package: 'python3-pyparsing', why: 'the rival imports it', probe: '/usr/lib/python3/dist-packages/pyparsing/__init__.py' },
  ],
  run: async (args) => (args.includes('--first') ? [firstPass()] : args.includes('--loop') ? holdLoop() : measure(args)),
}

/** This bench in a process of its own, which has nothing compiled yet. */
function inNewProcess(what: '--first' | '--loop'): readonly number[] {
  const printed = execFileSync(process.execPath, ['--import', 'tsx', here('lib/cli.ts'), 'observe', '--json', what], { encoding: 'utf8' })
  return (JSON.parse(printed) as readonly Measured[]).map(({ ours }) => ours)
}

/** Rival and ours take turns, so that what else the machine does meets both. */
async function measure(args: readonly string[]): Promise<readonly Measured[]> {
  const { values } = parseArgs({ args: [...args], options: { lab: { type: 'string', default: 'bench' } } })
  // First, because this process has parsed nothing yet.
  const real = await measureRealReading(values.lab)
  const text = flowText(PORTS, 0)
  const rival: number[] = []
  const first: number[] = []
  const [blocked, held]: [number[], number[]] = [[], []]
  for (let round = 0; round < 3; round += 1) {
    rival.push(Number(execFileSync(PYTHON, [here('lib/parse_flows.py')], { input: text, encoding: 'utf8' }).split(' ')[0]))
    first.push(inNewProcess('--first')[0]!)
    const [wall, cpu] = inNewProcess('--loop')
    blocked.push(wall!)
    held.push(cpu!)
  }
  const next = readAgain()
  return [
    fasterThanRival(4, { case: '20,000 flows, first pass of a new process (ms)', ours: median(first), rival: median(rival) }),
    fasterThanRival(20, { case: '20,000 flows, next reading of the same host (ms)', ours: median(next), rival: median(rival) }),
    atMost(50, { case: 'event loop blocked at most, over the readings of a new process (ms)', ours: median(blocked) }),
    atMost(50, { case: 'the same without what else the machine does (ms of a processor)', ours: median(held) }),
    ...real,
  ]
}

const firstPass = (): Measured => noBar(timed(flowText(PORTS, 0), newFlowMemo()))

function timed(text: string, memo: FlowMemo): { readonly case: string; readonly ours: number } {
  const start = performance.now()
  const steps = dumpFlowSteps(text, 'br-int', { ports, memo })
  for (;;) {
    const step = steps.next()
    if (!step.done) continue
    const ours = performance.now() - start
    if (step.value.value.length !== PORTS * 20 || step.value.unparsed.length > 0)
      throw new Error(`${step.value.value.length} flows were read, ${step.value.unparsed.length} not`)
    return { case: 'first pass (ms)', ours }
  }
}

const ports = new Map(Array.from({ length: PORTS }, (_, index) => [index + 1, `tap${index + 1}`]))

function readAgain(): readonly number[] {
  const memo = newFlowMemo()
  const rounds = Array.from({ length: ROUNDS + 1 }, (_, round) => timed(flowText(PORTS, round), memo).ours)
  return rounds.slice(1)
}

/** As the console reads, through observeHost, from the first reading on, while something else wants the event loop. */
async function holdLoop(): Promise<readonly Measured[]> {
  const flowMemo = newFlowMemo()
  const [wall, cpu]: [number[], number[]] = [[], []]
  for (let round = 0; round <= ROUNDS; round += 1) {
    const session = largeReadSession(PORTS, round)
    const options = { clock: { now: () => new Date(0) }, nonce: NONCE, flowMemo }
    const { wallMs, cpuMs, value } = await whileTurning(() => observeHost(session, 'bench', options))
    const { state, unparsed } = value
    const isWhole = state.flows.length === PORTS * 20 && state.ovsPorts.length === PORTS && unparsed.length === 0
    if (!isWhole) throw new Error(`${state.flows.length} flows were read, ${unparsed.length} parts not`)
    wall.push(wallMs)
    cpu.push(cpuMs)
  }
  return [noBar({ case: 'blocked (ms)', ours: Math.max(...wall) }), noBar({ case: 'blocked (ms of a processor)', ours: Math.max(...cpu) })]
}
