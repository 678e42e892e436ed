// The scripts run here under the local shells, without SSH: what they find and end must be exactly the tree.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { LAUNCH_MARK, refusedInput, renderEnd, renderLaunch, type RemoteIdentity } from './remote-script'

const argv = ['printf', '%s', "it's $HOME"]

describe('renderLaunch', () => {
  it('appends the command to a constant script and adds sudo only where it is needed', () => {
    const line = (isPrivileged: boolean, hasSudo: boolean) => renderLaunch({ argv, isPrivileged }, 'tok', hasSudo)
    const tail = `tapline tok - printf %s 'it'\\''s $HOME'`
    expect(line(true, false).endsWith(tail)).toBe(true)
    expect(line(false, true)).toBe(line(true, false))
    expect(line(true, true).endsWith(tail.replace('tok -', 'tok - sudo -n --'))).toBe(true)
    const other = renderLaunch({ argv: ['x'], isPrivileged: false }, 'tok', false)
    expect(other.slice(0, -' x'.length)).toBe(line(false, false).slice(0, line(false, false).indexOf(' printf %s')))
  })

  it.each([
    ['no program', []],
    ['an empty program', ['']],
    ['an option instead of a program', ['-u', 'root']],
    ['a line longer than Linux takes', ['echo', 'x'.repeat(131_072)]],
    ['a NUL byte', ['echo', 'a\0b']],
  ])('refuses %s', (_, words) => {
    expect(() => renderLaunch({ argv: words, isPrivileged: false }, 'tok', false)).toThrowError(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  describe.each(['/bin/sh', '/bin/bash'])('under %s', (shell) => {
    const start = (script: string, stdin: string | undefined, sent: string) =>
      runIn(
        shell,
        renderLaunch({ argv: ['sh', '-c', script], isPrivileged: false, ...(stdin !== undefined && { stdin }) }, 'tok', false),
        sent,
      )
    const tokenFiles = () =>
      ['/dev/shm', '/tmp', '/run', '/var/tmp'].flatMap((directory) => readdirSync(directory).filter((name) => name === 'tapline-tok'))

    it('runs with stdout, stderr and exit code of the command, each behind its line', () => {
      const child = start('cat; echo "$LC_ALL"; echo oops >&2; exit 3', undefined, 'left ')
      expect(child).toMatchObject({ status: 3, stdout: `${LAUNCH_MARK}tok \nleft C\n` })
      expect(child.stderr).toMatch(/^.tok [0-9a-f-]{36} (\d+) \1 \(.*\) R .*\noops\n$/)
    })

    it.each([
      ['of one line', 'first\n'],
      ['with everything a shell could take for its own', `first\n\n last \\n\\\n'"$HOME \`id\` $(id)\nINPUT\nä\n\n`],
      ['as long as it goes this way', `${'line of a batch file\n'.repeat(2_900)}`],
    ])('gives the command an input %s that came along, and leaves the channel alone', (_, stdin) => {
      const child = start('cat; exit 3', stdin, 'tok\nwhat nobody asked for\n')
      expect(child.status).toBe(3)
      expect(child.stdout === `${LAUNCH_MARK}tok \n${stdin}`).toBe(true)
      expect(child.stderr).toMatch(/^.tok [0-9a-f-]{36} (\d+) \1 \(.*\) R .*\n$/)
    })

    it.each([
      ['as it was sent', 'first\n\n last \\n\'"$HOME ä', ''],
      ['without a last line end', 'x', ''],
      ['behind what nobody took', 'first\nlast', '\n\nprod\n'],
      ['of two megabytes', `${'line of a batch file\n'.repeat(100_000)}`, ''],
    ])('gives the command its input %s', (_, stdin, before) => {
      const { status, stdout } = start('cat', stdin, `${before}tok\n${stdin}`)
      expect(status).toBe(0)
      expect(stdout === `${LAUNCH_MARK}tok \n${stdin}`).toBe(true)
      expect(tokenFiles()).toEqual([])
    })

    it.each([
      ['cut short', 'add one\nadd two', 'tok\nadd one\nadd tw', '14'],
      ['that a login script began', 'add one\nadd two', 'tok\nadd two', '7'],
      ['longer than announced', 'add one', 'tok\nadd one\nadd two\n', '16'],
      ['that never came', 'add one', '\n\n', '0'],
    ])('does not start the command with an input %s', (_, stdin, sent, got) => {
      const { status, stdout, stderr } = start('echo started; cat', stdin, sent)
      expect([stdout, refusedInput({ exitCode: status, stderr }, 'tok')]).toEqual([`${LAUNCH_MARK}tok \n`, got])
      expect(tokenFiles()).toEqual([])
    })

    it('tells its refusal from the same exit code of the command', () => {
      const { status, stderr } = start('cat >/dev/null; exit 97', 'x', 'tok\nx')
      expect([status, refusedInput({ exitCode: status, stderr }, 'tok')]).toEqual([97, null])
    })
  })
})

describe('renderEnd', () => {
  it('ends the session and every descendant, and nothing else', async () => {
    const bystander = spawn('sleep', ['60'])
    const child = spawn('sh', ['-c', 'sleep 60 & echo $!; setsid sleep 60 & echo $!; wait'], { detached: true })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const pids = [Number((await lines.next()).value), Number((await lines.next()).value)]
    expect(pids.map(isRunning)).toEqual([true, true])
    const exited = once(child, 'exit')
    expect(end(identityOf(child.pid ?? 0), ['TERM', 'KILL'])).toBe(0)
    await exited
    expect(pids.map(isRunning)).toEqual([false, false])
    expect(isRunning(bystander.pid ?? 0)).toBe(true)
    bystander.kill()
  })

  it.each<[string, Partial<RemoteIdentity>]>([
    ['of an earlier boot', { bootId: '00000000-0000-4000-8000-000000000000' }],
    ['whose pid was given to another process', { startTicks: '1' }],
  ])('leaves a process %s alone', (_, changes) => {
    const child = spawn('sleep', ['60'], { detached: true })
    expect(end({ ...identityOf(child.pid ?? 0), ...changes }, ['KILL'])).toBe(0)
    expect(isRunning(child.pid ?? 0)).toBe(true)
    child.kill()
  })
})

function runIn(shell: string, line: string, input: string) {
  const { status, stdout, stderr } = spawnSync(shell, ['-c', line], { input, encoding: 'utf8', maxBuffer: 8 * 1024 * 1024 })
  return { status, stdout, stderr }
}

function end(identity: RemoteIdentity, signals: readonly string[]): number | null {
  return spawnSync('sh', ['-c', renderEnd(identity, signals, 1_000, false)]).status
}

function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
}

function identityOf(pid: number): RemoteIdentity {
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  return { bootId, pid, startTicks: statOf(pid)[19] ?? '' }
}

function isRunning(pid: number): boolean {
  try {
    return statOf(pid)[0] !== 'Z'
  } catch {
    return false
  }
}
