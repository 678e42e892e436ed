// What a lab remembers between processes: its ports, its keys and the private files of its nodes. Nothing about what
// runs is written down; that is read from the kernel each time.

import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { isMissing, LabError } from './errors'
import { writeLibvirtConfig } from './host/libvirt'
import { writeSshConfig } from './host/sshd'
import { ensureNodeFiles } from './node/files'
import { defaultName, labPaths } from './paths'
import { must } from './run'
import { extraNames, hosts, nodesWith, type Extras } from './topology'
import { makeMachineDisk } from './vm-host/disk'
import { all } from './wait'

export interface LabState {
  /** Port of the loopback listener, by host. */
  readonly sshPorts: Readonly<Record<string, number>>
  /** What this lab was asked to have besides. */
  readonly extras: Extras
}

export function nodeDir(lab: string, node: string): string {
  return join(labPaths(lab).nodesDir, node)
}

export async function readState(lab: string): Promise<LabState | undefined> {
  try {
    return parseState(await readFile(labPaths(lab).labFile, 'utf8'))
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

export function parseState(text: string): LabState {
  const value: unknown = JSON.parse(text)
  if (typeof value === 'object' && value !== null && 'sshPorts' in value) {
    const ports = value.sshPorts as LabState['sshPorts']
    const extras = 'extras' in value && Array.isArray(value.extras) ? value.extras : undefined
    if (extras !== undefined && hosts.every((host) => Number.isInteger(ports[host.name]))) return { sshPorts: ports, extras }
  }
  throw new LabError('the lab’s state file is not one of this version; take the lab down and up again')
}

export function sshPortOf(state: LabState, host: string): number {
  const port = state.sshPorts[host]
  if (port === undefined) throw new LabError(`no port for host ${host}`)
  return port
}

/**
 * Makes what is missing, and remembers what was asked for. The file with the ports comes last: where it is, keys and
 * directories are complete.
 */
export async function ensureState(lab: string, asked: Extras): Promise<LabState> {
  const paths = labPaths(lab)
  await mkdir(paths.nodesDir, { recursive: true, mode: 0o700 })
  await ensureClientKey(paths.sshDir, paths.privateKey, lab)
  const known = await readState(lab)
  const extras = extraNames.filter((extra) => asked.includes(extra) || known?.extras.includes(extra) === true)
  await all(nodesWith(extras).map((node) => ensureNode(lab, node)))
  if (known?.extras.length === extras.length) return known
  const state: LabState = { sshPorts: known?.sshPorts ?? (await choosePorts(lab)), extras }
  await writeFile(`${paths.labFile}.draft`, JSON.stringify(state))
  await rename(`${paths.labFile}.draft`, paths.labFile)
  return state
}

export async function removeState(lab: string): Promise<void> {
  const { root } = labPaths(lab)
  await rm(root, { recursive: true, force: true })
  // The common directory goes with the last lab in it.
  await rmdir(dirname(root)).catch(() => {})
}

export async function ensureClientKey(dir: string, key: string, lab: string): Promise<void> {
  // The public half is written second, so its presence says that the pair is complete.
  if (existsSync(`${key}.pub`)) return
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { mode: 0o700 })
  await must(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', `tapline-lab-${lab}`, '-f', key])
}

async function ensureNode(lab: string, node: string): Promise<void> {
  const host = hosts.find((each) => each.name === node)
  const operator = host === undefined || host.kind === 'vm' || host.user === 'root' ? undefined : host.user
  await ensureNodeFiles(nodeDir(lab, node), node, operator, async (draft) => {
    if (host === undefined) return
    if (host.kind === 'vm') return makeMachineDisk(draft, node)
    await writeSshConfig(draft, node, host.user, `${labPaths(lab).privateKey}.pub`)
    await writeLibvirtConfig(join(draft, 'etc'))
  })
}

const firstPort = 22_010
const portsPerLab = 10
const labSlots = 700

/** The default lab has the same ports on every machine; other names start looking at a place of their own. */
export function portCandidates(lab: string): readonly number[] {
  const start = lab === defaultName ? 0 : 1 + ([...lab].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % (labSlots - 1))
  return Array.from({ length: labSlots }, (_, step) => firstPort + ((start + step) % labSlots) * portsPerLab)
}

async function choosePorts(lab: string): Promise<LabState['sshPorts']> {
  for (const base of portCandidates(lab)) {
    const ports = hosts.map((_, index) => base + index + 1)
    const free = await Promise.all(ports.map(isFree))
    if (free.every(Boolean)) return Object.fromEntries(hosts.map((host, index) => [host.name, base + index + 1]))
  }
  throw new LabError('no free ports on the loopback address')
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}
