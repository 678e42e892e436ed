// Proves the SSH room against a real OpenSSH server: host keys, logins, arguments, input, output, results and sudo.

import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import ssh2 from 'ssh2'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readCommand } from '@/server/core/commands/command'
import type { HostAccess } from './host-access'
import { readHostKey } from './host-key'
import type { HostSession } from './host-session'
import { freePort, LAB_PASSWORD, type LabSshd, startLabSshd } from './testing/lab-sshd'
import { closePools, eventually, failureOf, isAlive, openPool, pidCollector, sh } from './testing/lab-tools'

let sshd: LabSshd

beforeAll(async () => {
  sshd = await startLabSshd()
})
afterEach(closePools)
afterAll(() => sshd.stop())

function openSession(changes: Partial<HostAccess> = {}): HostSession {
  return openPool({ loadAccess: async () => sshd.access(changes) }).forHost('lab')
}

describe('host key', () => {
  it('reads the key without logging in, as OpenSSH prints it', async () => {
    expect(await readHostKey('127.0.0.1', sshd.port, { timeoutMs: 60_000 })).toEqual({
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
      const pool = openPool({ loadAccess: async () => other.access({ pinnedFingerprint: pinned }) })
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
  const whoAmI = readCommand(['id', '-un'], { isPrivileged: false })
  const withPassword: Partial<HostAccess> = { user: 'operator', auth: { kind: 'password', password: LAB_PASSWORD } }

  it('accepts the password', async () => {
    expect((await openSession(withPassword).run(whoAmI)).stdout).toBe('operator\n')
  })

  it('accepts the password also when the server asks for it as a question', async () => {
    const asking = await startLabSshd(['UsePAM yes', 'PasswordAuthentication no', 'KbdInteractiveAuthentication yes'])
    try {
      const pool = openPool({ loadAccess: async () => asking.access(withPassword) })
      expect((await pool.forHost('lab').run(whoAmI)).stdout).toBe('operator\n')
    } finally {
      await closePools()
      await asking.stop()
    }
  })

  it('uses the keys of an agent, and says so when there are none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tapline-agent-'))
    const socketPath = join(folder, 'agent')
    const agent = spawn('ssh-agent', ['-D', '-a', socketPath], { stdio: 'ignore' })
    try {
      expect(await eventually(() => existsSync(socketPath))).toBe(true)
      const auth = { kind: 'agent', socketPath } as const
      expect((await failureOf(openSession({ auth }).run(whoAmI))).code).toBe('authentication_failed')
      execFileSync('ssh-add', ['-q', sshd.keyPath], { env: { ...process.env, SSH_AUTH_SOCK: socketPath } })
      expect((await openSession({ auth }).run(whoAmI)).stdout).toBe('root\n')
    } finally {
      agent.kill()
      rmSync(folder, { recursive: true })
    }
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
    ['a key that is none', { auth: { kind: 'key', privateKey: 'secret nonsense' } }, 'auth.privateKey'],
    ['an encrypted key without passphrase', { auth: { kind: 'key', privateKey: encryptedKey() } }, 'auth.passphrase'],
    ['an encrypted key with a wrong one', { auth: { kind: 'key', privateKey: encryptedKey(), passphrase: 'x' } }, 'auth.passphrase'],
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

describe('a login that was mended', () => {
  it.each<[string, () => void, () => void]>([
    ['a shell that starts nothing', () => sshd.setShell('/usr/sbin/nologin'), () => sshd.setShell('/bin/bash')],
    ['no sudo', () => sshd.setSudo(false), () => sshd.setSudo(true)],
  ])('counts from the next command on: %s', async (_, spoil, mend) => {
    const session = openSession({ user: 'operator' })
    spoil()
    try {
      await failureOf(session.run(sh('true')))
    } finally {
      mend()
    }
    const loginsBefore = sshd.loginCount()
    expect((await session.run(sh('echo mended'))).stdout).toBe('mended\n')
    expect(sshd.loginCount()).toBe(loginsBefore + 1)
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
      host: 'lab-host',
      exitCode: 7,
      stdout: 'out\n',
      stderr: 'err\n',
      isTruncated: false,
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

describe('a login script', () => {
  afterEach(() => sshd.setLoginScript(''))

  it.each(['root', 'operator'])('that prints does not mix with what the commands of %s print', async (user) => {
    sshd.setLoginScript('echo Welcome to net1; echo careful >&2; head -c 100000 /dev/zero | tr "\\0" x')
    const session = openSession({ user })
    expect(await session.run(sh('echo out; echo err >&2'))).toMatchObject({ stdout: 'out\n', stderr: 'err\n' })
    const stream = session.stream(sh('printf pcap'))
    const chunks: Uint8Array[] = []
    for await (const chunk of stream.stdout) chunks.push(chunk)
    expect(Buffer.concat(chunks).toString()).toBe('pcap')
  })

  it.each(['root', 'operator'])('that reads takes nothing away from the commands of %s', async (user) => {
    sshd.setLoginScript('read -r -p "Environment [prod/test]? " ENVIRONMENT')
    const session = openSession({ user })
    const long = 'link add qbr1 type bridge\n'.repeat(5_000)
    for (const stdin of ['link add qbr1 type bridge\nlink set qbr1 up\n', 'without a line end', long])
      expect((await session.run(readCommand(['cat'], { stdin }))).stdout).toBe(stdin)
    expect((await session.run(sh('echo no input'))).stdout).toBe('no input\n')
  })

  it('that reads on to the end does not get what came along with the command; a long input is refused with its cause, and nothing is started', async () => {
    sshd.setLoginScript('while read -r line; do :; done')
    expect((await openSession().run(sh('cat', { stdin: 'link add\n' }))).stdout).toBe('link add\n')
    const error = await failureOf(openSession().run(sh('echo started; cat', { stdin: 'link add\n'.repeat(10_000) })))
    expect(error).toMatchObject({ code: 'command_failed', context: { rule: 'whole-input' } })
    expect(error.message).toContain('0 of 90000 bytes came. A login script that reads its input')
  })
})

describe('an input', () => {
  it('that is cut off with its connection is not acted on', async () => {
    const session = openSession()
    const folder = mkdtempSync(join(tmpdir(), 'tapline-cut-'))
    // A window of 2 MiB is sent at once; what is longer is still on its way when the connection ends.
    const running = failureOf(session.run(sh(`cat >/dev/null; touch ${join(folder, 'acted')}`, { stdin: 'x'.repeat(64 * 1024 * 1024) })))
    const receiver = () => processesOf(/^cat$/).find((pid) => readlinkOf(pid, 'fd/1').startsWith('/dev/shm/tapline-'))
    expect(await eventually(() => receiver() !== undefined)).toBe(true)
    process.kill(parentOf(parentOf(receiver() ?? 0)), 'SIGKILL')
    expect((await running).code).toBe('host_unreachable')
    expect(await eventually(() => receiver() === undefined)).toBe(true)
    expect(existsSync(join(folder, 'acted'))).toBe(false)
    rmSync(folder, { recursive: true })
  })
})

describe('sudo', () => {
  it('makes an ordinary user root for privileged commands alone', async () => {
    const session = openSession({ user: 'operator' })
    expect((await session.run(readCommand(['id', '-un']))).stdout).toBe('root\n')
    expect((await session.run(readCommand(['id', '-un'], { isPrivileged: false }))).stdout).toBe('operator\n')
    expect(await session.run(sh('cat; exit 5', { stdin: 'through sudo' }))).toMatchObject({ stdout: 'through sudo', exitCode: 5 })
  })

  it.each(['operator', 'auditor'])('passes the input of %s on, also by its name', async (user) => {
    const session = openSession({ user })
    // Counted, not sent back: a sudo that logs what it passes on loses the end of a long output (1.9.13).
    for (const stdin of ['<domain/>\n', '<domain/>\n'.repeat(6_000), '<domain/>\n'.repeat(50_000)])
      for (const name of ['-', '/dev/stdin'])
        expect(parseInt((await session.run(readCommand(['wc', '-c', name], { stdin }))).stdout, 10)).toBe(stdin.length)
  })

  it('reports a refusal with the line for sudoers', async () => {
    const error = await failureOf(openSession({ user: 'guest' }).run(sh('true')))
    expect(error).toMatchObject({ code: 'sudo_refused', context: { sudoersLine: 'guest ALL=(root) NOPASSWD: ALL' } })
    expect(error.message).toContain('/etc/sudoers.d/tapline')
  })
})

const readlinkOf = (pid: number, name: string): string => {
  try {
    return readlinkSync(`/proc/${pid}/${name}`)
  } catch {
    return ''
  }
}
const processesOf = (name: RegExp): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && name.test(readStat(pid)[1] ?? ''))
const parentOf = (pid: number): number => Number(readStat(pid)[2])

/** pid, name and parent. */
function readStat(pid: number): string[] {
  try {
    return /^(\d+) \((.*)\) . (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.slice(1) ?? []
  } catch {
    return []
  }
}

function encryptedKey(): string {
  return ssh2.utils.generateKeyPairSync('ed25519', { passphrase: 'open sesame', cipher: 'aes256-ctr', rounds: 2 }).private
}
