import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LaunchLine } from './launch-line'

const BOOT = '0f7b9c1e-4a2d-4a55-9a39-5a8f0f1c2d3e'
/** As Linux 6.1 prints it; field 22 is the start time. */
const STAT = '4711 (sh) S 4700 4711 4711 0 -1 4194304 88 0 0 0 0 0 0 0 20 0 1 0 183947 2576384 220 18446744073709551615'
const line = (stat = STAT, pid = '4711', token = 'abc') => `\u001e${token} ${BOOT} ${pid} ${stat}\n`

function feed(text: string, cuts: readonly number[] = []) {
  const launch = new LaunchLine('abc', () => undefined)
  const bytes = Buffer.from(text)
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), bytes.length]
  const pieces = bounds.slice(1).map((end, index) => launch.push(bytes.subarray(bounds[index], end)))
  return { launch, stderr: Buffer.concat(pieces).toString() }
}

describe('LaunchLine', () => {
  it('finds the process wherever the pieces are cut, and leaves the stderr of the command alone', () => {
    const text = `Could not chdir to home directory\n${line()}warning: ä\n`
    fc.assert(
      fc.property(fc.array(fc.nat(Buffer.byteLength(text)), { maxLength: 5 }), (cuts) => {
        const { launch, stderr } = feed(text, cuts)
        expect(stderr).toBe('warning: ä\n')
        expect(launch.identity).toEqual({ bootId: BOOT, pid: 4711, startTicks: '183947' })
      }),
    )
  })

  it.each([
    ['another token', line(STAT, '4711', 'xyz'), false, null],
    ['a line that is not finished', line().trimEnd(), false, null],
    ['a pid of another namespace', line(STAT, '12'), true, null],
    ['no /proc', '\u001eabc  4711 \n', true, null],
    ['a name with brackets', line(STAT.replace('(sh)', '(a) b (c)')), true, { bootId: BOOT, pid: 4711, startTicks: '183947' }],
  ])('handles %s', (_, text, isFound, identity) => {
    const { launch } = feed(text)
    expect([launch.isFound, launch.identity]).toEqual([isFound, identity])
  })

  it('keeps what the login said instead', () => {
    expect(feed('This account is currently not available.\n').launch.heldText).toBe('This account is currently not available.')
  })

  it('finds it behind a greeting of any length', () => {
    const { launch, stderr } = feed(`${'x'.repeat(170_000)}${line()}own`, [70_000, 169_990, 170_005])
    expect([launch.isFound, stderr, launch.identity?.pid]).toEqual([true, 'own', 4711])
    expect(feed('x'.repeat(90_000)).launch.heldText.length).toBeLessThan(20_000)
  })

  it('takes the empty line of stdout for a beginning as well', () => {
    expect(feed('Welcome\n\u001eabc \n[]').stderr).toBe('[]')
  })
})
