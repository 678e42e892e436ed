// Proves the SSH room against a real OpenSSH server: what is promised about keys, arguments, output, time-outs, process
// trees and lost connections is looked up on the "host" itself, which here is this machine, so pids can be checked.

import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { inspect } from 'node:util'
import ssh2 from 'ssh2'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { AppError, isAppError } from '@/server/core/app-error'
import { type Command, readCommand } from '@/server/core/commands/command'
import type { HostAccess } from './host-access'
import { readHostKey } from './host-key'
import type { HostSession } from './host-session'
import { freePort, LAB_PASSWORD, type LabSshd, startLabSshd } from './lab-sshd'
import { createSshPool, type SshPool } from './pool'

let sshd: LabSshd
const pools: SshPool[] = []

beforeAll(async () => {
  sshd = await startLabSshd()
})
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.closeAll()))
})
afterAll(() => sshd.stop())

/** A session in a pool of its own; `access` may be changed by the test between two commands. */
function openSession(changes: Partial<HostAccess> = {}, times = {}): HostSession & { pool: SshPool } {
  const pool = createSshPool({ loadAccess: async () => sshd.access(changes), times })
  pools.push(pool)
  return Object.assign(pool.forHost('lab'), { pool })
}

function sh(script: string, options: Partial<Command> = {}): Command {
  return readCommand(['sh', '-c', script], options)
}

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    (value) => new Error(`expected a failure, got ${inspect(value)}`),
    (reason: unknown) => reason,
  )
  if (isAppError(error)) return error
  throw error
}

function isAlive(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
}

async function eventually(condition: () => boolean, timeoutMs = 5_000): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await delay(20)) if (condition()) return true
  return condition()
}

/** Collects pids that a script prints, one per line, and resolves when there are that many. */
function pidCollector(count: number) {
  let text = ''
  const pids = () => text.split('\n').slice(0, -1).map(Number)
  return {
    onStdout: (chunk: Uint8Array) => void (text += Buffer.from(chunk).toString()),
    collect: async () => {
      expect(await eventually(() => pids().length >= count)).toBe(true)
      return pids()
    },
  }
}

/** Ignores everything that can be ignored, with children in its own session, in another group and in another session. */
const STUBBORN = `trap '' TERM HUP INT PIPE; echo $$; sleep 300 & echo $!; setsid sleep 301 & echo $!; timeout 302 sleep 303 & echo $!
while :; do sleep 1; done`

describe('host key', () => {
  it('reads the key without logging in, as OpenSSH prints it', async () => {
    expect(await readHostKey('127.0.0.1', sshd.port, { timeoutMs: 5_000 })).toEqual({
      algorithm: 'ssh-ed25519',
      fingerprint: sshd.fingerprint,
    })
  })

  it('refuses a host without a pin and shows the fingerprint to accept', async () => {
    const error = await failureOf(openSession({ pinnedFingerprint: null }).run(sh('true')))
    expect(error).toMatchObject({ code: 'host_key_unknown', context: { host: 'lab-host', fingerprint: sshd.fingerprint } })
    expect(error.message).toContain(sshd.fingerprint)
  })

  it('refuses a changed key, naming both, before any login', async () => {
    const other = await startLabSshd()
    try {
      const pinned = other.fingerprint
      const pool = createSshPool({ loadAccess: async () => other.access({ pinnedFingerprint: pinned }) })
      pools.push(pool)
      await pool.forHost('lab').runOrThrow(sh('true'))
      await pool.closeAll()
      await other.restartWithNewHostKey()
      const loginsBefore = other.loginCount()
      const error = await failureOf(pool.forHost('lab').run(sh('true')))
      expect(error).toMatchObject({ code: 'host_key_changed', context: { pinnedFingerprint: pinned, fingerprint: other.fingerprint } })
      expect(error.message).toContain(pinned)
      expect(error.message).toContain(other.fingerprint)
      expect(other.loginCount()).toBe(loginsBefore)
    } finally {
      await other.stop()
    }
  })
})

describe('login', () => {
  it('accepts the password, also when it is asked for as a question', async () => {
    const session = openSession({ user: 'operator', auth: { kind: 'password', password: LAB_PASSWORD } })
    expect((await session.run(readCommand(['id', '-un'], { isPrivileged: false }))).stdout).toBe('operator\n')
  })

  it.each<[string, Partial<HostAccess>]>([
    ['a wrong key', { auth: { kind: 'key', privateKey: ssh2.utils.generateKeyPairSync('ed25519').private } }],
    ['a wrong password', { user: 'operator', auth: { kind: 'password', password: 'wrong horse' } }],
    ['a user who does not exist', { user: 'nobody-here' }],
  ])('reports %s as authentication_failed without showing a secret', async (_, changes) => {
    const error = await failureOf(openSession(changes).run(sh('true')))
    expect(error.code).toBe('authentication_failed')
    expect(inspect(error, { depth: 9 })).not.toMatch(/PRIVATE KEY|wrong horse/)
  })

  it.each<[string, Partial<HostAccess>, string]>([
    ['a user name of 300 characters', { user: 'u'.repeat(300) }, 'user'],
    ['control characters in a user name', { user: 'root\r\n' }, 'user'],
    ['an empty address', { address: '' }, 'address'],
    ['an address with a blank', { address: 'a b' }, 'address'],
    ['port 0', { port: 0 }, 'port'],
    ['a key that is none', { auth: { kind: 'key', privateKey: 'secret nonsense' } }, 'privateKey'],
    ['an encrypted key without passphrase', { auth: { kind: 'key', privateKey: encryptedKey() } }, 'passphrase'],
    ['an encrypted key with a wrong one', { auth: { kind: 'key', privateKey: encryptedKey(), passphrase: 'x' } }, 'passphrase'],
  ])('refuses %s and names the field', async (_, changes, field) => {
    const error = await failureOf(openSession(changes).run(sh('true')))
    expect(error).toMatchObject({ code: 'invalid_input', context: { field } })
    expect(inspect(error, { depth: 9 })).not.toMatch(/secret nonsense|PRIVATE KEY/)
  })

  it('reports a closed port as host_unreachable', async () => {
    const error = await failureOf(openSession({ port: await freePort() }).run(sh('true')))
    expect(error.code).toBe('host_unreachable')
    expect(error.message).toContain('nothing listens on this port')
  })

  it('explains a login shell that starts nothing', async () => {
    const error = await failureOf(openSession({ user: 'service' }).run(readCommand(['true'], { isPrivileged: false })))
    expect(error).toMatchObject({ code: 'command_failed', context: { rule: 'login-shell' } })
    expect(error.message).toContain('not available')
  })
})

describe('run', () => {
  it('passes argv exactly', async () => {
    const words = ['', ' ', "it's", '"$HOME"', '$(id)', '\\', 'a\nb', '*', '-n', '--', '網路 👩‍🚀', '\u001e']
    const result = await openSession().runOrThrow(readCommand(['printf', '%s\\0', ...words]))
    expect(result.stdout.split('\0').slice(0, -1)).toEqual(words)
  })

  it('passes an argument of 100 kB and refuses a line that the host could not take', async () => {
    const session = openSession()
    const word = 'x'.repeat(100_000)
    expect((await session.runOrThrow(readCommand(['printf', '%s', word]))).stdout).toBe(word)
    const error = await failureOf(session.run(readCommand(['printf', '%s', 'x'.repeat(131_072)])))
    expect(error).toMatchObject({ code: 'invalid_input', context: { field: 'argv' } })
  })

  it('takes 1 MB through stdin and back', async () => {
    const stdin = Array.from({ length: 100_000 }, (_, i) => `line ${i % 10_000}`.padEnd(10)).join('\n')
    const result = await openSession().runOrThrow(readCommand(['cat'], { stdin }))
    expect(result.stdout.length).toBeGreaterThan(1_000_000)
    expect(result.stdout === stdin).toBe(true)
  })

  it('does not mind a program that never reads its stdin', async () => {
    const result = await openSession().run(sh('exit 3', { stdin: 'x'.repeat(4_000_000) }))
    expect(result.exitCode).toBe(3)
  })

  it('keeps exit code, signal, stderr and the English of messages', async () => {
    const session = openSession()
    expect(await session.run(sh('echo out; echo err >&2; exit 7'))).toMatchObject({
      host: 'lab-host', exitCode: 7, stdout: 'out\n', stderr: 'err\n', isTruncated: false,
    })
    expect(await session.run(sh('kill -9 $$'))).toMatchObject({ exitCode: null, signal: 'SIGKILL' })
    expect(await session.run(readCommand(['no-such-program']))).toMatchObject({ exitCode: 127 })
    expect(session.roundTrips).toBe(3)
  })

  it('throws command_failed with everything needed to repeat it', async () => {
    const session = openSession()
    expect(await failureOf(session.runOrThrow(sh('echo no >&2; exit 4')))).toMatchObject({
      code: 'command_failed',
      context: { host: 'lab-host', argv: ['sh', '-c', 'echo no >&2; exit 4'], exitCode: 4, stderr: 'no\n', durationMs: expect.any(Number) },
    })
    expect((await session.runOrThrow(sh('exit 4', { acceptedExitCodes: [0, 4] }))).exitCode).toBe(4)
  })

  it('bounds the output and either says so or stops the command', async () => {
    const session = openSession()
    const cut = await session.run(sh('head -c 5000000 /dev/zero | tr "\\0" x'), { maxOutputBytes: 1_000 })
    expect([cut.stdout.length, cut.isTruncated, cut.exitCode]).toEqual([1_000, true, 0])
    const collector = pidCollector(1)
    const options = { maxOutputBytes: 100_000, whenTooLarge: 'fail', onStdout: collector.onStdout } as const
    const error = await failureOf(session.run(sh('echo $$; yes'), options))
    expect(error).toMatchObject({ code: 'output_too_large', context: { isEnded: true } })
    expect(isAlive((await collector.collect())[0] ?? 0)).toBe(false)
  })

  it('does not wait for a daemon that keeps the output open', async () => {
    const collector = pidCollector(1)
    const result = await openSession().run(sh('sleep 300 & echo $!; exit 0'), { onStdout: collector.onStdout })
    const [pid = 0] = await collector.collect()
    expect([result.exitCode, result.isTruncated, isAlive(pid)]).toEqual([0, true, true])
    process.kill(pid)
  })
})

describe.each(['root', 'operator'])('ending what %s runs', (user) => {
  it('kills the whole tree on time-out, whatever it ignores', async () => {
    const collector = pidCollector(4)
    const running = openSession({ user }).run(sh(STUBBORN, { timeoutMs: 1_500 }), { onStdout: collector.onStdout })
    const failure = failureOf(running)
    const pids = await collector.collect()
    expect(pids.map(isAlive)).toEqual([true, true, true, true])
    expect(await failure).toMatchObject({ code: 'command_timed_out', context: { isEnded: true, signal: 'SIGKILL' } })
    expect(pids.map(isAlive)).toEqual([false, false, false, false])
  })

  it('kills the whole tree on abort, at once when it listens to SIGTERM', async () => {
    const collector = pidCollector(2)
    const abort = new AbortController()
    const session = openSession({ user })
    const failure = failureOf(session.run(sh('sleep 300 & echo $!; echo $$; wait'), { signal: abort.signal, onStdout: collector.onStdout }))
    const pids = await collector.collect()
    const startedAt = performance.now()
    abort.abort()
    expect(await failure).toMatchObject({ code: 'cancelled', context: { isEnded: true } })
    expect(performance.now() - startedAt).toBeLessThan(1_500)
    expect(pids.map(isAlive)).toEqual([false, false])
    expect((await session.run(sh('echo still usable'))).stdout).toBe('still usable\n')
  })

  it('keeps the end of a stopped stream', async () => {
    const script = `trap 'echo flushed; exit 0' INT; echo $$; while :; do sleep 0.05; done`
    const stream = openSession({ user }).stream(sh(script))
    let text = ''
    for await (const chunk of stream.stdout) {
      const isFirst = text === ''
      text += Buffer.from(chunk).toString()
      if (isFirst) void stream.stop()
    }
    expect(text).toMatch(/^\d+\nflushed\n$/)
    expect(await stream.done).toMatchObject({ exitCode: 0, stdout: '' })
    expect(isAlive(Number.parseInt(text, 10))).toBe(false)
  })
})

describe('sudo', () => {
  it('makes an ordinary user root for privileged commands alone', async () => {
    const session = openSession({ user: 'operator' })
    expect((await session.run(readCommand(['id', '-un']))).stdout).toBe('root\n')
    expect((await session.run(readCommand(['id', '-un'], { isPrivileged: false }))).stdout).toBe('operator\n')
    expect((await session.run(sh('cat; exit 5', { stdin: 'through sudo' })))).toMatchObject({ stdout: 'through sudo', exitCode: 5 })
  })

  it('reports a refusal with the line for sudoers', async () => {
    const error = await failureOf(openSession({ user: 'guest' }).run(sh('true')))
    expect(error).toMatchObject({ code: 'sudo_refused', context: { sudoersLine: 'guest ALL=(root) NOPASSWD: ALL' } })
    expect(error.message).toContain('/etc/sudoers.d/tapline')
  })
})

describe('channels', () => {
  it('runs 20 commands on one connection, eight at a time, in order', async () => {
    const session = openSession()
    await session.run(sh('true'))
    const loginsBefore = sshd.loginCount()
    let running = 0
    let most = 0
    const started: number[] = []
    const one = async (index: number) => {
      let isCounted = false
      const onStdout = () => {
        if (isCounted) return
        isCounted = true
        started.push(index)
        most = Math.max(most, (running += 1))
      }
      const result = await session.run(sh(`echo ${index}; sleep 0.3`), { onStdout })
      running -= 1
      return result.stdout
    }
    const outputs = await Promise.all(Array.from({ length: 20 }, (_, index) => one(index)))
    expect(outputs).toEqual(Array.from({ length: 20 }, (_, index) => `${index}\n`))
    expect(most).toBe(8)
    expect(started.slice(0, 8).every((index) => index < 8)).toBe(true)
    expect(sshd.loginCount()).toBe(loginsBefore)
  })

  it('never overruns MaxSessions in a burst of short commands', async () => {
    const session = openSession()
    const results = await Promise.all(Array.from({ length: 300 }, (_, index) => session.run(readCommand(['echo', String(index)]))))
    expect(results.map(({ stdout }) => Number(stdout))).toEqual(results.map((_, index) => index))
  })

  it('can end a command while all channels are taken', async () => {
    const session = openSession()
    const aborts = Array.from({ length: 8 }, () => new AbortController())
    const collector = pidCollector(8)
    const options = { onStdout: collector.onStdout }
    const failures = aborts.map(({ signal }) => failureOf(session.run(sh('echo $$; exec sleep 300'), { ...options, signal })))
    const waiting = new AbortController()
    const waiter = failureOf(session.run(sh('true'), { signal: waiting.signal }))
    await collector.collect()
    waiting.abort()
    expect((await waiter).code).toBe('cancelled')
    for (const abort of aborts) abort.abort()
    expect((await Promise.all(failures)).map(({ code, context }) => [code, context['isEnded']])).toEqual(Array(8).fill(['cancelled', true]))
  })

  it('adapts to a host that allows fewer sessions, and can still end commands there', async () => {
    const hardened = await startLabSshd(['MaxSessions 3'])
    try {
      const pool = createSshPool({ loadAccess: async () => hardened.access() })
      pools.push(pool)
      const session = pool.forHost('lab')
      const results = await Promise.all(Array.from({ length: 12 }, (_, index) => session.run(sh(`sleep 0.6; echo ${index}`))))
      expect(results.map(({ stdout }) => Number(stdout))).toEqual(results.map((_, index) => index))
      const failures = Array.from({ length: 4 }, () => failureOf(session.run(sh('sleep 300', { timeoutMs: 500 }))))
      expect((await Promise.all(failures)).map(({ context }) => context['isEnded'])).toEqual([true, true, true, true])
    } finally {
      await pools.pop()?.closeAll()
      await hardened.stop()
    }
  })

  it('says what to change on a host that allows no session at all', async () => {
    const closed = await startLabSshd(['MaxSessions 0'])
    try {
      const pool = createSshPool({ loadAccess: async () => closed.access() })
      pools.push(pool)
      const error = await failureOf(pool.forHost('lab').run(sh('true')))
      expect(error.code).toBe('host_unreachable')
      expect(error.message).toContain('MaxSessions')
    } finally {
      await closed.stop()
    }
  })

  it('shares one attempt among concurrent first uses', async () => {
    const loginsBefore = sshd.loginCount()
    const session = openSession()
    await Promise.all(Array.from({ length: 5 }, () => session.run(sh('true'))))
    expect(sshd.loginCount()).toBe(loginsBefore + 1)
  })
})

describe('losing and changing the connection', () => {
  it('fails what runs, then connects again and ends what was left behind', async () => {
    const session = openSession()
    const collector = pidCollector(2)
    const failure = failureOf(session.run(sh('echo $PPID; echo $$; exec sleep 300'), { onStdout: collector.onStdout }))
    const [sessionPid = 0, leftPid = 0] = await collector.collect()
    process.kill(sessionPid, 'SIGKILL')
    const error = await failure
    expect(error).toMatchObject({ code: 'host_unreachable', context: { host: 'lab-host', exitCode: null } })
    expect(error.message).toContain('the connection was lost while')
    expect(isAlive(leftPid)).toBe(true)
    expect((await session.run(sh('echo back'))).stdout).toBe('back\n')
    expect(await eventually(() => !isAlive(leftPid))).toBe(true)
  })

  it('notices a host that has gone silent by keep-alive', async () => {
    const session = openSession({}, { keepaliveIntervalMs: 200, keepaliveMaxMissed: 2 })
    const collector = pidCollector(1)
    const failure = failureOf(session.run(sh('echo $PPID; exec sleep 20'), { onStdout: collector.onStdout }))
    const [sessionPid = 0] = await collector.collect()
    process.kill(sessionPid, 'SIGSTOP')
    try {
      expect((await failure).code).toBe('host_unreachable')
    } finally {
      process.kill(sessionPid, 'SIGKILL')
    }
    expect((await session.run(sh('echo back'))).stdout).toBe('back\n')
  })

  it('lets a cancelling caller go although the network has died', async () => {
    const session = openSession()
    const sessionPid = Number((await session.run(sh('echo $PPID'))).stdout)
    process.kill(sessionPid, 'SIGSTOP')
    const startedAt = performance.now()
    try {
      expect((await failureOf(session.run(sh('true', { timeoutMs: 300 })))).code).toBe('command_timed_out')
      expect(performance.now() - startedAt).toBeLessThan(2_000)
    } finally {
      process.kill(sessionPid, 'SIGKILL')
    }
  })

  it('uses a changed access from the next command on, while running ones finish', async () => {
    const access = { user: 'root' }
    const pool = createSshPool({ loadAccess: async () => sshd.access(access) })
    pools.push(pool)
    const session = pool.forHost('lab')
    const before = session.run(sh('sleep 0.5; id -un', { isPrivileged: false }))
    await delay(200)
    access.user = 'operator'
    expect((await session.run(readCommand(['id', '-un'], { isPrivileged: false }))).stdout).toBe('operator\n')
    expect((await before).stdout).toBe('root\n')
  })

  it('closes when idle and connects again when needed', async () => {
    const pool = createSshPool({ loadAccess: async () => sshd.access(), idleMs: 100 })
    pools.push(pool)
    const session = pool.forHost('lab')
    const { stdout } = await session.run(sh('echo $PPID'))
    expect(await eventually(() => !isAlive(Number(stdout)))).toBe(true)
    expect((await session.run(sh('echo again'))).stdout).toBe('again\n')
  })

  it('ends what runs on the host when the pool is closed', async () => {
    const session = openSession()
    const collector = pidCollector(1)
    const failure = failureOf(session.run(sh('echo $$; exec sleep 300'), { onStdout: collector.onStdout }))
    const [pid = 0] = await collector.collect()
    await session.pool.closeAll()
    expect((await failure).code).toBe('cancelled')
    expect(isAlive(pid)).toBe(false)
  })
})

describe('stream', () => {
  it('holds an endless sender back, and ends it when the reader leaves the loop', async () => {
    const stream = openSession().stream(sh('echo $$ >&2; exec yes'))
    let pid = 0
    for await (const chunk of stream.stdout) {
      expect(chunk.length).toBeGreaterThan(0)
      await delay(300)
      pid = Number(stream.stderr())
      const state = /\) (\w) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]
      expect(state).toBe('S')
      break
    }
    await stream.done
    expect(isAlive(pid)).toBe(false)
  })

  it('gives every byte to a reader who reads to the end', async () => {
    const stream = openSession().stream(sh('head -c 20000000 /dev/zero; echo done >&2; exit 9'))
    let bytes = 0
    for await (const chunk of stream.stdout) bytes += chunk.length
    expect(bytes).toBe(20_000_000)
    expect(await stream.done).toMatchObject({ exitCode: 9, stderr: 'done\n', isTruncated: false })
  })

  it('gives the reader the error when the stream breaks', async () => {
    const abort = new AbortController()
    const stream = openSession().stream(sh('echo first; sleep 300'), { signal: abort.signal })
    const read = async () => {
      for await (const _ of stream.stdout) abort.abort()
    }
    expect((await failureOf(read())).code).toBe('cancelled')
    expect((await failureOf(stream.done)).code).toBe('cancelled')
  })

  it('can be stopped before it has started', async () => {
    const stream = openSession().stream(sh('sleep 300'))
    await stream.stop()
    for await (const _ of stream.stdout) expect.unreachable()
  })
})

function encryptedKey(): string {
  return ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'open sesame', cipher: 'aes256-ctr', rounds: 2 }).private
}
