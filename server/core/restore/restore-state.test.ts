import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { compileHost } from '../compile/compile'
import { explainRestore, explainRestoreResult } from '../explain/restore'
import { ids, sampleTopology } from '../testing/sample-topology'
import { describeRestore } from './restore-state'

const sample = sampleTopology({ networks: [3] })
const topology = { ...sample, hosts: sample.hosts.map((host) => ({ ...host, hasRestoreUnit: true })) }
const base = { number: 7, topology }
const unit = compileHost(topology, ids.host(2)).restoreUnits[0]!
const failed = { exitCode: 1, finishedAt: '2026-01-01T00:00:00.000Z', text: 'failed: Start VM web-1' }

describe('describeRestore', () => {
  it.each([
    ['none', [], 'Nothing: after a restart, plan and apply again.'],
    ['current', [unit], 'Rebuilds revision 7 by itself.'],
    [
      'other',
      [{ ...unit, digests: { ...unit.digests, 'steps.sh': '0'.repeat(40) } }],
      'Rebuilds something else than revision 7. Plan and apply to make it the same.',
    ],
    [
      'disabled',
      [{ ...unit, isEnabled: false }],
      'Nothing: tapline-restore.service is switched off in systemd. A plan switches it on again.',
    ],
    ['foreign', [{ ...unit, owner: null }], 'A tapline-restore.service is there that is not ours.'],
  ] as const)('%s', (status, restoreUnits, sentence) => {
    const state = describeRestore({ state: { restoreUnits }, unparsed: [] }, base, ids.host(2))
    expect([state.status, explainRestore(state), explainRestoreResult(state)]).toEqual([status, sentence, null])
  })

  it('tells how the last run went, and knows nothing of a host that was never read or never applied', () => {
    expect(
      explainRestoreResult(
        describeRestore({ state: { restoreUnits: [{ ...unit, lastResult: failed }] }, unparsed: [] }, base, ids.host(2)),
      ),
    ).toContain('Ran, and failed: Start VM web-1.')
    expect(explainRestore(describeRestore(null, base, ids.host(2)))).toBe('Not known: the host has not been read yet.')
    expect(
      describeRestore({ state: { restoreUnits: [unit] }, unparsed: [] }, { number: 0, topology: { ...topology, hosts: [] } }, ids.host(2))
        .status,
    ).toBe('other')
  })

  it('[PLAN-25] does not take a unit that could not be read for none', () => {
    const observation = {
      state: { restoreUnits: [] },
      unparsed: [{ section: 'restore', text: '', reason: quote('It could not be read as a whole: exit code 1') }],
    }
    expect(explainRestore(describeRestore(observation, base, ids.host(2)))).toBe(
      'Not known: the restore unit (It could not be read as a whole: exit code 1).',
    )
  })
})
