// The keeper is process 1 of a node (see init.sh) and the only handle the lab needs: it holds the node's namespaces,
// and everything in the node ends with it. Keepers are found by what they carry in their environment, never by a file,
// so that a crash at any moment leaves nothing that cannot be found again.

import { spawn } from 'node:child_process'
import { mkdirSync, openSync, closeSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LabError } from '../errors'
import { cacheDir, labPaths } from '../paths'
import { labEnvironment } from '../run'
import { sleep, waitFor } from '../wait'
import { killProcess, listPids, namespaceOf, parseNamespacePids, readProc, refOf, type ProcessRef } from './processes'

const initScript = join(dirname(fileURLToPath(import.meta.url)), 'init.sh')
const marker = 'TAPLINE_LAB_NODE'

/** A keeper whose init has run to its end: the node can be entered. */
export interface Keeper extends ProcessRef {
  readonly node: string
}

interface MarkedProcess extends ProcessRef {
  readonly node: string
  readonly isKeeper: boolean
}

/** What `ps` shows for a keeper. It takes this name last, so the name also says that init has finished. */
const labelOf = (lab: string, node: string): string => `tapline-lab:${lab}/${node}`

export function findKeepers(lab: string): ReadonlyMap<string, Keeper> {
  return new Map(
    findMarked(lab)
      .filter((each) => each.isKeeper)
      .map((each) => [each.node, each]),
  )
}

/** Looking through all processes takes longer than most commands that are run on a node. */
const lastSeen = new Map<string, Keeper>()

export function findKeeper(lab: string, node: string): Keeper | undefined {
  const label = labelOf(lab, node)
  const seen = lastSeen.get(label)
  if (seen !== undefined && refOf(seen.pid)?.startTime === seen.startTime && isNamed(seen.pid, label)) return seen
  const found = findKeepers(lab).get(node)
  if (found === undefined) lastSeen.delete(label)
  else lastSeen.set(label, found)
  return found
}

/** One that has ended and waits for its parent has no name any more. */
const isNamed = (pid: number, label: string): boolean => (readProc(pid, 'cmdline') ?? '').startsWith(`${label}\0`)

/** Keepers, nodes still in init, and the `unshare` processes that wait for them. */
function findMarked(lab: string): readonly MarkedProcess[] {
  return listPids().flatMap((pid) => {
    const node = markedNode(readProc(pid, 'environ') ?? '', lab)
    const ref = node === undefined ? undefined : refOf(pid)
    if (node === undefined || ref === undefined) return []
    const isFirst =
      parseNamespacePids(readProc(pid, 'status') ?? '')
        .slice(1)
        .at(-1) === 1
    return [{ ...ref, node, isKeeper: isFirst && isNamed(pid, labelOf(lab, node)) }]
  })
}

export function markedNode(environ: string, lab: string): string | undefined {
  const prefix = `${marker}=${lab}/`
  return environ
    .split('\0')
    .find((entry) => entry.startsWith(prefix))
    ?.slice(prefix.length)
}

/** Starts a node on a prepared state directory and waits until it can be entered. */
export async function startKeeper(lab: string, node: string, stateDir: string, guestDir: string): Promise<Keeper> {
  const log = join(labPaths(lab).logDir, `${node}.log`)
  mkdirSync(dirname(log), { recursive: true })
  const output = openSync(log, 'w')
  const child = spawn(
    'unshare',
    [
      '--net',
      '--mount',
      '--uts',
      '--ipc',
      '--pid',
      '--fork',
      '--',
      'bash',
      initScript,
      labelOf(lab, node),
      node,
      stateDir,
      guestDir,
      cacheDir(),
    ],
    { cwd: '/', detached: true, stdio: ['ignore', output, output], env: labEnvironment({ [marker]: `${lab}/${node}` }) },
  )
  closeSync(output)
  let hasEnded = false
  child.on('error', () => (hasEnded = true)).on('exit', () => (hasEnded = true))
  child.unref()
  return waitFor(`node ${node} to start`, () => {
    if (hasEnded) throw new LabError(`node ${node} did not start: ${readFileSync(log, 'utf8').trim() || 'no reason given'}`)
    return findKeepers(lab).get(node)
  })
}

/** Ends the named nodes, or all, with everything in them, and waits until the kernel has done so. */
export async function stopKeepers(lab: string, node?: string): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const remaining = findMarked(lab).filter((each) => node === undefined || each.node === node)
    if (remaining.length === 0) return
    if (Date.now() > deadline) throw new LabError(`processes that do not end: ${remaining.map(({ pid }) => pid).join(', ')}`)
    remaining.forEach((each) => killProcess(each))
    await sleep(20)
  }
}

interface EnterOptions {
  /** The listener of a host stays in the machine's own network, where its loopback address is. */
  readonly network?: 'own' | "machine's"
}

/** The argv that runs `argv` inside a node. nsenter hands the exit code back. */
export function enter(keeper: Keeper, argv: readonly string[], { network = 'own' }: EnterOptions = {}): readonly string[] {
  const net = network === 'own' ? ['--net'] : []
  return ['nsenter', '--target', String(keeper.pid), '--mount', '--uts', '--ipc', '--pid', ...net, '--', ...argv]
}

/** Every process of the node with this command name; the pid namespace says that it is this node's. */
export function processesOf(keeper: Keeper, command: string): readonly ProcessRef[] {
  const namespace = namespaceOf(keeper.pid, 'pid')
  return listPids().flatMap((pid) => {
    if (readProc(pid, 'comm')?.trim() !== command || namespaceOf(pid, 'pid') !== namespace) return []
    return refOf(pid) ?? []
  })
}
