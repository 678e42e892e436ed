// The judge of walk/openflow: Open vSwitch itself. On every host of a cloud with a flat, a VLAN and a VXLAN network and a trunk a thousand
// random frames, from every port, drawn from what the host has and some that it does not: where `ofproto/trace` lets them out, with which
// headers and tunnel keys, the walk must have said. The bridges are laid as a plan lays them, without guests: what these would have
// taught the switch, frames of another seed do.

import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { compileHost } from '@/server/core/compile/compile'
import type { HostState } from '@/server/core/host/host-state'
import { ids } from '@/server/core/testing/sample-topology'
import { trunkTopology } from '@/server/core/testing/sample-trunk'
import { traceSwitch } from '@/server/core/walk/openflow/trace-switch'
import { labUp } from '../lab'
import { askSwitch, readState, switchOf } from '../walk/ask-switch'
import { judge, type Verdict } from '../walk/judge'
import { laySwitch, removeSwitch } from '../walk/lay-switch'
import { makeNasty, nastyState, removeNasty } from '../walk/nasty-bridge'
import { outputOf } from '../walk/output-of'
import { drawEntries } from '../walk/random-entries'
import { unixctl } from '../walk/unixctl'
import { testLab } from './settings'

const FRAMES = 1000
const SEED = 21
const [LESSONS, LESSON_SEED] = [300, 7]
/** Of the frames, those where the walk says that it does not know, or the switch's trace ends early (NAT, a select group). */
const MAX_UNTOLD = 0.02
/** Hosts that are up talk, and a switch learns from them while it is asked. */
const ATTEMPTS = 4

const learnedBy = ({ learned }: HostState): string =>
  Object.entries(learned?.ovsMacs ?? {})
    .flatMap(([bridge, macs]) => macs.map(({ port, vlan, macAddress }) => `${bridge} ${port} ${vlan} ${macAddress}`))
    .sort()
    .join('\n')

async function teach(host: string): Promise<void> {
  const state = await readState(testLab, host)
  await askSwitch(testLab, host, switchOf(state), drawEntries(state, LESSONS, LESSON_SEED), { isSent: true })
  const { answers } = await unixctl(testLab, host, [['fdb/show', ['br-int']]])
  expect(answers[0]!.trim().split('\n').length).toBeGreaterThan(2)
}

interface Judged {
  readonly different: readonly string[]
  readonly unknown: readonly string[]
  readonly left: number
}

async function judgeHost(host: string, of: (state: HostState) => HostState = (state) => state): Promise<Judged> {
  for (let attempt = 1; ; attempt++) {
    const state = of(await readState(testLab, host))
    const sw = switchOf(state)
    const entries = drawEntries(state, FRAMES, SEED)
    const { traces } = await askSwitch(testLab, host, sw, entries)
    if (learnedBy(of(await readState(testLab, host))) !== learnedBy(state) && attempt < ATTEMPTS) continue
    const visits = entries.map((entry) => traceSwitch(sw, entry))
    const verdicts = entries.map((entry, index) => judge(entry, visits[index]!, traces[index]!))
    const verdictsOf = (...kinds: Verdict['kind'][]) =>
      verdicts.flatMap(({ kind, detail }, index) =>
        kinds.includes(kind) ? [`${detail}\n${JSON.stringify(entries[index])}\n${traces[index]}`] : [],
      )
    return {
      different: verdictsOf('differs'),
      unknown: verdictsOf('unknown', 'unchecked'),
      left: visits.filter(({ outputs }) => outputs.length > 0).length,
    }
  }
}

function expectAgreement({ different, unknown, left }: Judged, maxUnknown: number): void {
  expect(different.slice(0, 3)).toEqual([])
  expect(unknown.length <= FRAMES * maxUnknown ? [] : unknown.slice(0, 3)).toEqual([])
  // Random frames are worth nothing when all of them are dropped at the door.
  expect(left).toBeGreaterThan(FRAMES / 4)
}

describe('the walk through Open vSwitch', () => {
  beforeAll(async () => {
    await labUp({ name: testLab })
  })

  describe.each([
    ['net1', 1],
    ['cmp1', 2],
    ['cmp2', 3],
  ])('%s', (host, index) => {
    const design = compileHost(trunkTopology(), ids.host(index))
    afterEach(() => removeSwitch(testLab, host, design))

    it('says of random frames at every port of a design what the switch does with them', async () => {
      await laySwitch(testLab, host, design)
      await teach(host)
      expectAgreement(await judgeHost(host), MAX_UNTOLD)
    })
  })

  describe('hand-made bridges', () => {
    afterEach(() => removeNasty(testLab, 'net1'))

    it('says so of a pair of bridges with every action, VLAN mode and group that it models', async () => {
      await makeNasty(testLab, 'net1')
      expectAgreement(await judgeHost('net1', nastyState), 0.1)
    })
  })

  it('leaves no bridge behind', async () => {
    for (const host of ['net1', 'cmp1', 'cmp2']) expect(await outputOf(testLab, host, ['ovs-vsctl', 'list-br'])).toBe('')
  })
})
