// The way into a host. An sshd that listened inside the host could not be reached without giving the machine an
// interface of its own; so a small listener on the machine's loopback starts one `sshd -i` per connection, and only that
// sshd steps into the host's network. A VM host has its own sshd; there the listener passes the connection on. The listener lives in the host's pid namespace and ends with the host.

import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { operatorOwner } from '../node/accounts'
import { give } from '../node/files'
import { enter } from '../node/keeper'
import { labEnvironment, must } from '../run'
import type { HostContext, Service } from './service'

const loopback = '127.0.0.1'
const bannerTimeoutMs = 3_000
/** One console holds one connection per host; this only has to be more than tests open side by side. */
const maxConnections = 64

const hostKeyFile = 'ssh_host_ed25519_key'

const sshdConfig = (user: string): string => `HostKey /etc/ssh/${hostKeyFile}
AllowUsers ${user}
PermitRootLogin ${user === 'root' ? 'prohibit-password' : 'no'}
AuthenticationMethods publickey
PasswordAuthentication no
KbdInteractiveAuthentication no
AuthorizedKeysFile .ssh/authorized_keys
MaxSessions 10
UsePAM no
UseDNS no
PrintMotd no
PrintLastLog no
PidFile none
AcceptEnv LANG LC_*
`

export const sshListener: Service = {
  command: 'tcpsvd',
  findProblem: ({ sshPort }) => readBannerProblem(sshPort),
  start: (host) => listen(host, ['/usr/sbin/sshd', '-i', '-E', '/var/log/sshd.log']),
}

/** To a port in the host's node. Whether anybody answers there is not its matter. */
export const sshRelay = (port: number): Service => ({
  command: 'tcpsvd',
  findProblem: ({ sshPort }) => readListenerProblem(sshPort),
  start: (host) => listen(host, ['busybox', 'nc', loopback, String(port)]),
})

/** Starts one process of `argv` in the host's network per connection, with the connection as its input and output. */
export async function listen(host: HostContext, argv: readonly string[]): Promise<void> {
  const listener = ['tcpsvd', '-c', String(maxConnections), '-l', host.keeper.node, loopback, String(host.sshPort)]
  // Inside, process 1 is the keeper: its network is the host's.
  const [program = '', ...args] = enter(host.keeper, [...listener, 'nsenter', '--net=/proc/1/ns/net', '--', ...argv], {
    network: "machine's",
  })
  const child = spawn(program, args, { cwd: '/', detached: true, stdio: 'ignore', env: labEnvironment() })
  await once(child, 'spawn')
  child.unref()
}

export function readListenerProblem(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, loopback)
    const finish = (problem?: string): void => {
      socket.destroy()
      resolve(problem)
    }
    socket.on('error', () => finish(`nothing listens on ${loopback}:${port}`))
    socket.on('connect', () => finish())
  })
}

/** A banner proves the listener, the step into the host and sshd's configuration at once. */
export function readBannerProblem(sshPort: number, timeoutMs = bannerTimeoutMs): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(sshPort, loopback)
    const finish = (problem?: string): void => {
      socket.destroy()
      resolve(problem)
    }
    socket.setTimeout(timeoutMs, () => finish('sshd does not answer'))
    socket.on('error', () => finish(`nothing listens on ${loopback}:${sshPort}`))
    socket.on('end', () => finish('sshd closes the connection at once'))
    socket.on('data', (chunk) => finish(chunk.toString().startsWith('SSH-2.0-') ? undefined : 'no SSH server on the port'))
  })
}

/** Gives a host its key, its configuration and the public key that may enter it. Only before its first start. */
export async function writeSshConfig(nodeDir: string, node: string, user: string, publicKey: string): Promise<void> {
  const dir = join(nodeDir, 'etc', 'ssh')
  await mkdir(dir, { recursive: true })
  await Promise.all([
    writeHostKey(nodeDir, node),
    writeFile(join(dir, 'sshd_config'), sshdConfig(user)),
    writeAuthorizedKeys(nodeDir, user, publicKey),
  ])
}

export async function writeHostKey(nodeDir: string, node: string): Promise<void> {
  const dir = join(nodeDir, 'etc', 'ssh')
  await mkdir(dir, { recursive: true })
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', node, '-f', join(dir, hostKeyFile)])
}

async function writeAuthorizedKeys(nodeDir: string, user: string, publicKey: string): Promise<void> {
  const home = user === 'root' ? join(nodeDir, 'root') : join(nodeDir, 'home', user)
  const dir = join(home, '.ssh')
  const file = join(dir, 'authorized_keys')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await copyFile(publicKey, file)
  if (user !== 'root') await Promise.all([home, dir, file].map((path) => give(path, operatorOwner)))
}

export async function readHostKeyFingerprint(nodeDir: string): Promise<string> {
  return fingerprintOf(await readHostKey(nodeDir))
}

/** The public half, as a line of `ssh_host_ed25519_key.pub`. */
export function readHostKey(nodeDir: string): Promise<string> {
  return readFile(join(nodeDir, 'etc', 'ssh', `${hostKeyFile}.pub`), 'utf8')
}

/** `ssh-ed25519 AAAAC3… comment` → `SHA256:…`, as `ssh-keygen -l` prints it. */
export function fingerprintOf(publicKeyLine: string): string {
  const blob = Buffer.from(publicKeyLine.split(' ')[1] ?? '', 'base64')
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
}
