// Proves on a real OpenSSH server what happens over time: process trees end when they should, channels are shared out,
// connections are lost, replaced and closed, and streams flow no faster than they are read. The "host" is this machine, so
// every promise about a remote process is looked up by its pid.

import { readFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readCommand } from '@/server/core/commands/command'
import type { ConnectTimes } from './connect-config'
import type { HostAccess } from './host-access'
import type { HostSession } from './host-session'
import { type LabSshd, startLabSshd } from './testing/lab-sshd'
import { closePools, eventually, failureOf, isAlive, openPool, pidCollector, sh } from './testing/lab-tools'

let sshd: LabSshd

beforeAll(async () => {
  sshd = await startLabSshd()
})
afterEach(closePools)
afterAll(() => sshd.stop())

function openSession(changes: Partial<HostAccess> = {}, times: Partial<ConnectTimes> = {}): HostSession {
  return openPool({ loadAccess: async () => sshd.access(changes), times }).forHost('lab')
}

/** Ignores everything that can be ignored, with children in its own session, in another group and in another session. */
const STUBBORN = `trap '' TERM HUP INT PIPE; echo $$
sleep 300 & echo $!; setsid sleep 301 & echo $!; timeout 302 sleep 303 & echo $!
while :; do sleep 1; done`

/** Longer than any machine is busy, so that what ends has ended by the first signal. */
const NEVER_ASK_TWICE = { endPatienceMs: 600_000 }

describe.each(['root', 'operator', 'auditor'])('ending what %s runs', (user) => {
  it('kills the whole tree on time-out, whatever it ignores', async () => {
    const collector = pidCollector(4)
    const running = openSession({ user }).run(sh(STUBBORN, { timeoutMs: 4_000 }), { onStdout: collector.onStdout })
    const failure = failureOf(running)
    const pids = await collector.collect()
    expect(pids.map(isAlive)).toEqual([true, true, true, true])
    expect(await failure).toMatchObject({ code: 'command_timed_out', context: { isEnded: true, signal: 'SIGKILL' } })
    expect(pids.map(isAlive)).toEqual([false, false, false, false])
  })

  it('kills the whole tree on abort, at once when it listens to SIGTERM', async () => {
    const collector = pidCollector(2)
    const abort = new AbortController()
    const session = openSession({ user }, NEVER_ASK_TWICE)
    const options = { signal: abort.signal, onStdout: collector.onStdout }
    const failure = failureOf(session.run(sh('sleep 300 & echo $!; echo $$; wait'), options))
    const pids = await collector.collect()
    abort.abort()
    // The first signal was enough: nobody waited for the second, which nothing survives.
    expect(await failure).toMatchObject({ code: 'cancelled', context: { isEnded: true, signal: 'SIGTERM' } })
    expect(pids.map(isAlive)).toEqual([false, false])
    expect((await session.run(sh('echo still usable'))).stdout).toBe('still usable\n')
  })

  it('keeps the end of a stopped stream', async () => {
    // One process: a shell whose child dies of the same signal would take it as a second one.
    const script = `$| = 1; $SIG{INT} = sub { print "flushed\n"; exit 0 }; print "$$\n"; sleep 1 while 1`
    const stream = openSession({ user }, NEVER_ASK_TWICE).stream(readCommand(['perl', '-e', script]))
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
    const results = await Promise.all(Array.from({ length: 150 }, (_, index) => session.run(readCommand(['echo', String(index)]))))
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
      const pool = openPool({ loadAccess: async () => hardened.access() })
      const session = pool.forHost('lab')
      const results = await Promise.all(Array.from({ length: 12 }, (_, index) => session.run(sh(`sleep 0.6; echo ${index}`))))
      expect(results.map(({ stdout }) => Number(stdout))).toEqual(results.map((_, index) => index))
      const failures = Array.from({ length: 4 }, () => failureOf(session.run(sh('sleep 300', { timeoutMs: 3_000 }))))
      expect((await Promise.all(failures)).map(({ context }) => context['isEnded'])).toEqual([true, true, true, true])
    } finally {
      await closePools()
      await hardened.stop()
    }
  })

  it('says what to change on a host that allows no session at all', async () => {
    const closed = await startLabSshd(['MaxSessions 0'])
    try {
      const pool = openPool({ loadAccess: async () => closed.access() })
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

describe('places for streams', () => {
  const listening = 'echo listening >&2; exec sleep 300'
  const on = async <T>(maxSessions: number, work: (session: HostSession) => Promise<T>): Promise<T> => {
    const host = await startLabSshd([`MaxSessions ${maxSessions}`])
    try {
      return await work(openPool({ loadAccess: async () => host.access() }).forHost('lab'))
    } finally {
      await closePools()
      await host.stop()
    }
  }

  it('are given together and never all: who needs three of five waits for the other, a command for nobody', async () => {
    const session = openSession()
    const first = await session.reserve(3)
    const streams = Array.from({ length: first.granted }, () => first.stream(sh(listening)))
    const waiting = session.reserve(3)
    const cancelled = new AbortController()
    const gone = failureOf(session.reserve(3, cancelled.signal))
    cancelled.abort()
    expect((await gone).code).toBe('cancelled')
    const commands = await Promise.all(Array.from({ length: 20 }, (_, index) => session.run(sh(`echo ${index}`))))
    expect(commands.map(({ stdout }) => Number(stdout))).toEqual(commands.map((_, index) => index))
    await Promise.all(streams.map((stream) => stream.stop()))
    first.release()
    expect((await waiting).granted).toBe(3)
  })

  it.each([
    [10, 3, 3, null],
    [10, 7, 5, 'No more than 5 can listen on one host at a time'],
    [5, 3, 3, null],
    [4, 3, 2, 'It needs 5 SSH sessions, sshd allows 4 (MaxSessions)'],
    [3, 3, 1, 'It needs 5 SSH sessions, sshd allows 3 (MaxSessions)'],
    [2, 3, 0, 'It needs 5 SSH sessions, sshd allows 2 (MaxSessions)'],
    [1, 3, 0, 'It needs 5 SSH sessions, sshd allows 1 (MaxSessions)'],
  ])(
    'where sshd allows %i sessions and %i are wanted, %i run, and commands beside them',
    async (maxSessions, wanted, granted, shortage) => {
      await on(maxSessions, async (session) => {
        const places = await session.reserve(wanted)
        expect([places.granted, places.shortage]).toEqual([granted, shortage])
        const streams = Array.from({ length: places.granted }, () => places.stream(sh(listening)))
        expect(await eventually(() => streams.every((stream) => stream.stderr() === 'listening\n'))).toBe(true)
        const results = await Promise.all(Array.from({ length: 12 }, (_, index) => session.run(sh(`echo ${index}`))))
        expect(results.map(({ stdout }) => Number(stdout))).toEqual(results.map((_, index) => index))
        await Promise.all(streams.map((stream) => stream.stop()))
        places.release()
        expect((await session.run(sh('echo on'))).stdout).toBe('on\n')
      })
    },
  )

  it('reckons with the streams of others on a host that allows few', async () => {
    await on(5, async (session) => {
      const first = await session.reserve(2)
      const second = session.reserve(2)
      expect((await session.run(sh('echo beside'))).stdout).toBe('beside\n')
      first.release()
      expect(await second).toMatchObject({ granted: 2, shortage: null })
    })
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
    const session = openSession({}, { keepaliveIntervalMs: 500, keepaliveMaxMissed: 4 })
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
    try {
      // Had the keep-alive been waited for, the connection would be the reason.
      const failure = await failureOf(session.run(sh('true', { timeoutMs: 300 })))
      expect([failure.code, failure.message]).toEqual(['command_timed_out', expect.stringContaining('before the host confirmed its start')])
    } finally {
      process.kill(sessionPid, 'SIGKILL')
    }
  })

  it('uses a changed access from the next command on, while running ones finish', async () => {
    const access = { user: 'root' }
    const pool = openPool({ loadAccess: async () => sshd.access(access) })
    const session = pool.forHost('lab')
    let isRunning = false
    const before = session.run(sh('echo on; sleep 0.5; id -un', { isPrivileged: false }), { onStdout: () => void (isRunning = true) })
    expect(await eventually(() => isRunning)).toBe(true)
    access.user = 'operator'
    expect((await session.run(readCommand(['id', '-un'], { isPrivileged: false }))).stdout).toBe('operator\n')
    expect((await before).stdout).toBe('on\nroot\n')
  })

  it('closes when idle and connects again when needed', async () => {
    const pool = openPool({ loadAccess: async () => sshd.access(), idleMs: 100 })
    const session = pool.forHost('lab')
    const { stdout } = await session.run(sh('echo $PPID'))
    expect(await eventually(() => !isAlive(Number(stdout)))).toBe(true)
    expect((await session.run(sh('echo again'))).stdout).toBe('again\n')
  })

  it('ends what runs on the host when the pool is closed', async () => {
    const pool = openPool({ loadAccess: async () => sshd.access() })
    const collector = pidCollector(1)
    const running = pool.forHost('lab').run(sh('echo $$; exec sleep 300'), { onStdout: collector.onStdout })
    const failure = failureOf(running)
    const [pid = 0] = await collector.collect()
    await pool.closeAll()
    expect((await failure).code).toBe('cancelled')
    expect(isAlive(pid)).toBe(false)
  })
})

describe('stream', () => {
  it('holds an endless sender back, and ends it when the reader leaves the loop', async () => {
    const stream = openSession().stream(sh('echo $$ >&2; exec yes'))
    let pid = 0
    let looks = 0
    /** Asleep at each of many looks in a row: one that is not held back is at work at some of them. */
    const isHeldBack = () => {
      pid = Number(stream.stderr())
      looks = pid > 0 && /\) S /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')) ? looks + 1 : 0
      return looks === 15
    }
    for await (const chunk of stream.stdout) {
      expect(chunk.length).toBeGreaterThan(0)
      expect(await eventually(isHeldBack)).toBe(true)
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
