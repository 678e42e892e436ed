// A throw-away OpenSSH server for tests: real sshd, real sudo, real users, on a loopback port that the system picks. It
// runs in a mount namespace of its own with its own passwd, shadow, sudoers and /run, so nothing of the machine changes
// and nothing is left behind. Needs root, openssh-server and sudo. Users, all with the same key: root; operator (may sudo,
// has a password too); auditor (may sudo, which then runs the command under a terminal and in a session of its own, to log
// it); guest (may not sudo); service (has no login shell).

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { HostAccess } from '../host-access'

export const LAB_PASSWORD = 'correct horse'

export interface LabSshd {
  readonly port: number
  /** Access for a user with the right key and the right pin; tests spoil what they are about. */
  access(changes?: Partial<HostAccess>): HostAccess
  readonly fingerprint: string
  /** The private key that logs in, for ssh-add. */
  readonly keyPath: string
  /** A second host key, as after a reinstallation, and a server that shows it on the same port. */
  restartWithNewHostKey(): Promise<void>
  /** What bash reads at every login of root and operator; '' for nothing. */
  setLoginScript(text: string): void
  /** Login shell of operator, from the next login on. */
  setShell(shell: string): void
  /** Whether operator may sudo. */
  setSudo(isAllowed: boolean): void
  /** Logins that sshd has accepted so far. */
  loginCount(): number
  stop(): Promise<void>
}

/** $1: folder with the private files. Everything mounted here is seen by this server and its children only. */
const NAMESPACE_SCRIPT = `
set -e
for file in passwd shadow group sudoers; do mount --bind "$1/$file" "/etc/$file"; done
mount -t tmpfs tapline-lab /run
mkdir /run/sshd
exec /usr/sbin/sshd -D -e -f "$1/sshd_config"`

/** What the distributions set by default, and the one line that Tapline asks an operator for. */
const SUDOERS = `Defaults env_reset
Defaults use_pty
Defaults secure_path="/usr/sbin:/usr/bin:/sbin:/bin"
operator ALL=(root) NOPASSWD: ALL
auditor ALL=(root) NOPASSWD: LOG_OUTPUT: LOG_INPUT: ALL
Defaults iolog_dir=/run/sudo-io
`

export async function startLabSshd(extraConfig: readonly string[] = []): Promise<LabSshd> {
  const folder = mkdtempSync(join(tmpdir(), 'tapline-sshd-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  writeUsers(folder)
  makeKey(join(folder, 'login'))
  makeKey(join(folder, 'host'))
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(join(folder, 'login.pub')), { mode: 0o644 })
  writeFileSync(join(folder, 'sshd_config'), sshdConfig(folder, port, extraConfig))
  return new RunningSshd(folder, port).start()
}

class RunningSshd implements LabSshd {
  #child: ChildProcess | null = null
  #log = ''

  constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  get fingerprint(): string {
    const line = execFileSync('ssh-keygen', ['-lf', join(this.folder, 'host.pub')], { encoding: 'utf8' })
    return line.split(' ')[1] ?? ''
  }

  get keyPath(): string {
    return join(this.folder, 'login')
  }

  loginCount(): number {
    return this.#log.split('Accepted ').length - 1
  }

  setLoginScript(text: string): void {
    writeFileSync(join(this.folder, 'home', '.bashrc'), text, { mode: 0o644 })
  }

  setShell(shell: string): void {
    const path = join(this.folder, 'passwd')
    // Written into the same file: it is mounted.
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^(operator:.*:).*$/m, `$1${shell}`))
  }

  setSudo(isAllowed: boolean): void {
    const path = join(this.folder, 'sudoers')
    writeFileSync(path, isAllowed ? SUDOERS : SUDOERS.replace(/^operator.*$/m, ''))
  }

  access(changes: Partial<HostAccess> = {}): HostAccess {
    const privateKey = readFileSync(this.keyPath, 'utf8')
    const pinnedFingerprint = this.fingerprint
    const login = { address: '127.0.0.1', port: this.port, user: 'root', auth: { kind: 'key', privateKey } as const }
    return { hostId: 'lab', name: 'lab-host', ...login, pinnedFingerprint, ...changes }
  }

  async start(): Promise<this> {
    // setpriv: a test run that dies takes its server with it.
    const argv = ['--pdeathsig', 'TERM', 'unshare', '--mount', 'sh', '-c', NAMESPACE_SCRIPT, 'sh', this.folder]
    const child = spawn('setpriv', argv, { stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr?.on('data', (chunk: Buffer) => (this.#log += chunk.toString()))
    this.#child = child
    await this.#untilListening()
    return this
  }

  async restartWithNewHostKey(): Promise<void> {
    await this.#kill()
    rmSync(join(this.folder, 'host'))
    makeKey(join(this.folder, 'host'))
    await this.start()
  }

  async stop(): Promise<void> {
    await this.#kill()
    rmSync(this.folder, { recursive: true, force: true })
  }

  async #kill(): Promise<void> {
    const child = this.#child
    if (child === null || child.exitCode !== null) return
    const exited = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await exited
  }

  async #untilListening(): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (this.#child?.exitCode !== null) break
      if (await answers(this.port)) return
      await delay(25)
    }
    throw new Error(`the throw-away sshd did not start:\n${this.#log}`)
  }
}

function sshdConfig(folder: string, port: number, extra: readonly string[]): string {
  const lines = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${folder}/host`,
    `AuthorizedKeysFile ${folder}/authorized_keys`,
    `PidFile ${folder}/pid`,
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication yes',
    'PrintMotd no',
    'MaxStartups 100',
    'LoginGraceTime 20',
  ]
  // The first value of an option counts.
  return [...extra, ...lines, ''].join('\n')
}

/** Uids far above the machine's own users, so that no file of theirs is touched by accident. */
function writeUsers(folder: string): void {
  const home = join(folder, 'home')
  mkdirSync(home, { mode: 0o777 })
  const hash = execFileSync('openssl', ['passwd', '-6', LAB_PASSWORD], { encoding: 'utf8' }).trim()
  const users = [
    ['operator', 64_101, '/bin/bash'],
    ['guest', 64_102, '/bin/sh'],
    ['auditor', 64_104, '/bin/sh'],
    ['service', 64_103, '/usr/sbin/nologin'],
  ] as const
  const passwd = users.map(([name, uid, shell]) => `${name}:x:${uid}:${uid}::${home}:${shell}`)
  const shadow = users.map(([name]) => `${name}:${name === 'operator' ? hash : '*'}:19000:0:99999:7:::`)
  const group = users.map(([name, uid]) => `${name}:x:${uid}:`)
  writeBeside(folder, 'passwd', passwd, 0o644)
  useHome(join(folder, 'passwd'), home)
  writeBeside(folder, 'shadow', shadow, 0o600)
  writeBeside(folder, 'group', group, 0o644)
  writeFileSync(join(folder, 'sudoers'), SUDOERS, { mode: 0o440 })
}

/** The machine's own lines stay, because sshd and sudo need root, sshd and nobody. */
function writeBeside(folder: string, name: string, lines: readonly string[], mode: number): void {
  const own = readFileSync(`/etc/${name}`, 'utf8').replace(/\n*$/, '\n')
  writeFileSync(join(folder, name), `${own}${lines.join('\n')}\n`, { mode })
}

/** Root's own .bashrc may do anything, slowly; here root logs in to an empty home. */
function useHome(passwdPath: string, home: string): void {
  const passwd = readFileSync(passwdPath, 'utf8').replace(/^root:.*$/m, `root:x:0:0:root:${home}:/bin/bash`)
  writeFileSync(passwdPath, passwd)
}

function makeKey(path: string): void {
  rmSync(`${path}.pub`, { force: true })
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'throw-away', '-f', path])
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const give = (isUp: boolean) => {
      socket.destroy()
      resolve(isUp)
    }
    socket
      .once('data', () => give(true))
      .once('error', () => give(false))
      .once('close', () => give(false))
  })
}
