import { describe, expect, it } from 'vitest'

import { blockedPlan, emptyPlan, samplePlan } from './specimens/plans'

import { explainCommand, quoteWord } from './command'
import { explainCounts, explainObjectChange } from './object-change'
import { explainApply, explainBlastRadius, explainHostSteps, summarisePlan, whyNotApply } from './plan'

describe('plan', () => {
  it('counts what applying does', () => {
    expect(summarisePlan(samplePlan)).toEqual({
      hosts: 2,
      steps: 19,
      roundTrips: 19,
      impacts: { new: 2, interrupted: 1, rebuilt: 0, removed: 1, filtered: 0 },
      blocked: 0,
      kept: 1,
    })
  })

  it('says it on the button', () => {
    expect(explainApply(samplePlan)).toBe('Apply: 2 hosts, 19 steps, 2 ports new, 1 interrupted, 1 removed')
    expect(explainApply(emptyPlan)).toBe('Apply: 0 hosts, 0 steps, 0 ports new, 0 interrupted')
  })

  it('tells apart what is interrupted and what is rebuilt', () => {
    const rebuilt = samplePlan.impacts.map((impact) => (impact.kind === 'interrupted' ? { ...impact, kind: 'rebuilt' as const } : impact))
    expect(explainApply({ ...samplePlan, impacts: rebuilt })).toBe(
      'Apply: 2 hosts, 19 steps, 2 ports new, 0 interrupted, 1 rebuilt, 1 removed',
    )
    expect(explainBlastRadius({ ...samplePlan, impacts: rebuilt })).toBe('2 ports lose packets: 1 removed and 1 rebuilt.')
  })

  it('says why not', () => {
    expect(whyNotApply(samplePlan)).toBeNull()
    expect(whyNotApply(blockedPlan)).toBe('Blocked by 3 things on cmp1 and cmp2: see the top of the plan.')
    expect(whyNotApply(emptyPlan)).toBe('Nothing to do: the hosts already have what the design says.')
  })

  it('says who loses packets', () => {
    expect(explainBlastRadius(samplePlan)).toBe('2 ports lose packets: 1 removed and 1 interrupted.')
    expect(explainBlastRadius({ ...samplePlan, impacts: samplePlan.impacts.slice(0, 1) })).toBe('No port loses packets; 1 port is new.')
    const filtered = { ...samplePlan.impacts[0]!, kind: 'filtered' as const }
    const both = [samplePlan.impacts[0]!, filtered, filtered]
    expect(explainBlastRadius({ ...samplePlan, impacts: both })).toBe(
      'No port loses packets; 1 port is new and the filter of 2 ports changes.',
    )
    expect(explainBlastRadius({ ...samplePlan, impacts: [filtered] })).toBe('No port loses packets; the filter of 1 port changes.')
    expect(explainBlastRadius(emptyPlan)).toBe('No port is touched.')
  })

  it('counts round trips per host', () => {
    expect(samplePlan.hosts.map(explainHostSteps)).toEqual([
      '8 steps, 8 round trips; 7 steps would undo them',
      '11 steps, 11 round trips; 10 steps would undo them',
    ])
  })
})

describe('object changes', () => {
  it('print like a diff', () => {
    expect(samplePlan.objects.map(explainObjectChange)).toEqual([
      '+ network blue',
      '+ subnet blue-v4',
      '~ subnet red-v4: gateway 10.0.9.1 → 10.0.9.254',
      '+ VM web-1',
      '+ VM web-2',
      '− VM old-db',
      '+ port web-2 eth0',
      '+ port web-1 eth0',
      '− port old-db eth0',
    ])
  })

  it('are counted without zeros', () => {
    expect(explainCounts({ create: 3, change: 0, remove: 1 })).toBe('3 new, 1 removed')
    expect(explainCounts({ create: 0, change: 0, remove: 0 })).toBe('no changes')
  })
})

describe('commands', () => {
  it.each([
    ['tag=3', 'tag=3'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$(x)', "'$(x)'"],
  ])('quote %j', (word, text) => expect(quoteWord(word)).toBe(text))

  it('carry their standard input as a here-document that cannot end early', () => {
    expect(explainCommand({ argv: ['ip', '-batch', '-'], stdin: 'link del qbr1' })).toBe("ip -batch - <<'EOF'\nlink del qbr1\nEOF")
    expect(explainCommand({ argv: ['cat'], stdin: 'EOF\n' })).toBe("cat <<'EOF_'\nEOF\nEOF_")
  })
})
