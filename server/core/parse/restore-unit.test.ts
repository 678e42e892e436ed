import { describe, expect, it } from 'vitest'
import { parseRestoreUnit } from './restore-unit'

const hostId = 'cc000002-0000-4000-8000-000000000002'
const digest = 'da39a3ee5e6b4b0d3255bfef95601890afd80709'

describe('parseRestoreUnit', () => {
  it.each([
    ['no unit', '', []],
    [
      'one of ours, enabled, that ran',
      `mark # tapline:host/${hostId}\nenabled\nresult 0 1790000000 14 steps\n${digest}  /etc/systemd/system/tapline-restore.service\n${digest}  /var/lib/tapline/restore/current/1.txt\n`,
      [
        {
          owner: { kind: 'host', id: hostId },
          isEnabled: true,
          digests: { 'tapline-restore.service': digest, '1.txt': digest },
          lastResult: { exitCode: 0, finishedAt: '2026-09-21T14:13:20.000Z', text: '14 steps' },
        },
      ],
    ],
    [
      'a foreign one',
      `mark [Unit]\n${digest}  /etc/systemd/system/tapline-restore.service\n`,
      [{ owner: null, isEnabled: false, digests: { 'tapline-restore.service': digest }, lastResult: null }],
    ],
  ])('reads %s', (_, text, units) => {
    expect(parseRestoreUnit(text)).toEqual({ value: units, unparsed: [] })
  })

  it('keeps what it does not understand', () => {
    const strange = [`${digest}  /etc/passwd`, 'result yes', 'disabled']
    expect(parseRestoreUnit(`mark x\n${strange.join('\n')}\n`).unparsed.map(({ text }) => text)).toEqual(strange)
  })
})
