// The scripts run here under the local shells, without SSH: what they find and end must be exactly the tree.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { LAUNCH_MARK, renderEnd, renderLaunch, type RemoteIdentity } from './remote-script'

const argv = ['printf', '%s', "it's $HOME"]

describe('renderLaunch', () => {
  it('appends the command to a constant script and adds sudo only where it is needed', () => {
    const line = (isPrivileged: boolean, hasSudo: boolean) => renderLaunch({ argv, isPrivileged }, 'tok', hasSudo)
    const tail = `tapline tok printf %s 'it'\\''s $HOME'`
    expect(line(true, false).endsWith(tail)).toBe(true)
    expect(line(false, true)).toBe(line(true, false))
    expect(line(true, true).endsWith(tail.replace('tok', 'tok sudo -n --'))).toBe(true)
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

  it.each(['/bin/sh', '/bin/bash'])('runs under %s with stdin, stdout and exit code of the command', (shell) => {
    const line = renderLaunch({ argv: ['sh', '-c', 'cat; echo "$LC_ALL"; exit 3'], isPrivileged: false }, 'tok', false)
    const child = runIn(shell, line, 'input ')
    expect(child).toMatchObject({ status: 3, stdout: 'input C\n' })
    expect(child.stderr.startsWith(`${LAUNCH_MARK}tok `)).toBe(true)
    expect(child.stderr).toMatch(/^.tok [0-9a-f-]{36} (\d+) \1 \(.*\) R .*\n$/)
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
  const { status, stdout, stderr } = spawnSync(shell, ['-c', line], { input, encoding: 'utf8' })
  return { status, stdout, stderr }
}

function end(identity: RemoteIdentity, signals: readonly string[]): number | null {
  return spawnSync('sh', ['-c', renderEnd(identity, signals, 1_000, false)]).status
}

function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
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
