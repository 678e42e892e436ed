// A host of the practice network with the switch of a large compute host, read as the console reads it: from the command over SSH to
// HostState. The floor is what that command took, of the same round, for it differs more from one to the next than parsing takes. What
// SSH has in that is told beside it: the same script started on the host, its output read by `cat`, by the host's own clock.

import { labExec, labUp, type LabHost } from '@/lab/lab'
import { laySwitch, removeSwitch } from '@/lab/walk/lay-switch'
import { readCommand } from '@/server/core/commands/command'
import type { HostObservation } from '@/server/core/host/observation'
import { newFlowMemo } from '@/server/core/parse/openflow/flow-memo'
import { READ_SCRIPT, readHostCommand } from '@/server/core/parse/read-script'
import { observeHost } from '@/server/reconcile/observe'
import { atMost, median, nearFloor, noBar, type Measured } from './bench'
import { openPool } from './host-pool'
import { compileLargeHost, LARGE } from './large-host'
import { whileTurning, type LongestTurn } from './loop-turns'

const HOST = 'cmp1'
const ROUNDS = 5
const NONCE = 'bench-reading'
const MAX_BYTES = 64 * 1024 * 1024

interface Round extends LongestTurn {
  readonly aloneMs: number
  readonly wholeMs: number
  readonly value: HostObservation
}

/** Held together within a round: two rounds of one busy machine differ by more than what is measured. */
const timesOfCommand = ({ wholeMs, value }: Round): number => wholeMs / value.durationMs

/** The first round is what a console that has just started does, so nothing may be parsed in this process before. */
export async function measureRealReading(lab: string): Promise<readonly Measured[]> {
  const { hosts } = await labUp({ name: lab })
  const { state } = compileLargeHost(LARGE)
  try {
    await laySwitch(lab, HOST, state)
    const [first, ...later] = await readInTurns(
      lab,
      hosts.find(({ name }) => name === HOST)!,
    )
    const typical = [...later].sort((left, right) => timesOfCommand(left) - timesOfCommand(right))[later.length >> 1]!
    const longest = (read: (round: Round) => number) => Math.max(read(first!), ...later.map(read))
    return [
      noBar({ case: 'flows of a practice host', ours: first!.value.state.flows.length }),
      noBar({ case: 'its commands alone, without SSH (ms)', ours: median(later.map(({ aloneMs }) => aloneMs)) }),
      noBar({
        case: 'its first reading by a new process, command to HostState (ms)',
        ours: first!.wholeMs,
        floor: first!.value.durationMs,
      }),
      nearFloor(1.3, {
        case: 'a later reading of it, command to HostState (ms)',
        ours: typical.wholeMs,
        floor: typical.value.durationMs,
      }),
      noBar({ case: 'event loop blocked at most, while it is read (ms)', ours: longest(({ wallMs }) => wallMs) }),
      atMost(50, { case: 'the same without what else the machine does (ms of a processor)', ours: longest(({ cpuMs }) => cpuMs) }),
    ]
  } finally {
    await removeSwitch(lab, HOST, state)
  }
}

/** Floor and ours take turns, so that what else the machine does meets both. */
async function readInTurns(lab: string, host: LabHost): Promise<readonly Round[]> {
  const pool = openPool(host)
  const [flowMemo, rounds]: [ReturnType<typeof newFlowMemo>, Round[]] = [newFlowMemo(), []]
  try {
    await pool.forHost(HOST).runOrThrow(readCommand(['true']))
    for (let round = 0; round <= ROUNDS; round += 1) {
      const aloneMs = await commandsAlone(lab)
      const start = performance.now()
      // Turning the loop takes a processor, which the commands want: it begins when they are through.
      const result = await pool.forHost(HOST).runOrThrow(readHostCommand(NONCE), { maxOutputBytes: MAX_BYTES, whenTooLarge: 'fail' })
      const session = { runOrThrow: async () => result }
      const reading = await whileTurning(() => observeHost(session, HOST, { clock: { now: () => new Date() }, nonce: NONCE, flowMemo }))
      rounds.push({ aloneMs, wholeMs: performance.now() - start, ...reading })
      if (reading.value.unparsed.length > 0) throw new Error(`${HOST}: ${JSON.stringify(reading.value.unparsed).slice(0, 400)}`)
    }
    return rounds
  } finally {
    await pool.closeAll()
  }
}

async function commandsAlone(lab: string): Promise<number> {
  const { code, stdout, stderr } = await labExec(lab, HOST, ['sh', '-c', ALONE, 'sh', READ_SCRIPT, NONCE], { timeoutMs: 120_000 })
  if (code !== 0) throw new Error(`${HOST}: ${stderr}`)
  return Number(stdout)
}

/** Not into /dev/null: there a grep stops at the first line. */
const ALONE = String.raw`
start=$(date +%s%N)
sh -c "$1" tapline-read "$2" | cat >/dev/null
end=$(date +%s%N)
echo $(((end - start) / 1000000))
`
