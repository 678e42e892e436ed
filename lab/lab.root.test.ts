// The life of a lab, on the real thing and under a name of its own: made, entered, broken in every way that can be
// thought of, repaired, removed. Needs root. Steps build on each other, as they do for an operator.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labDown, labExec, labHostRestart, labStatus, labUp, type LabHost } from './lab'
import { snapshotMachine, type MachineSnapshot } from './machine-snapshot'
import { findKeepers, processesOf, type Keeper } from './node/keeper'
import { listPids, namespaceOf, readProc } from './node/processes'
import { labPaths } from './paths'
import { must, run } from './run'
import { nodesWith } from './topology'
import { waitFor } from './wait'

const name = 'tl-life'
const nodeNames = nodesWith([])
const labDir = dirname(fileURLToPath(import.meta.url))
const cli = [process.execPath, '--import', 'tsx', join(labDir, 'cli.ts'), '--name', name]

let before: MachineSnapshot
let scratch: string

beforeAll(async () => {
  await labDown({ name })
  before = await snapshotMachine()
  scratch = await mkdtemp(join(tmpdir(), 'tapline-lab-test-'))
})

afterAll(async () => {
  await labDown({ name })
  await rm(scratch, { recursive: true, force: true })
})

const keeperOf = (node: string): Keeper => {
  const keeper = findKeepers(name).get(node)
  if (keeper === undefined) throw new Error(`no keeper for ${node}`)
  return keeper
}

/** And waits until the kernel has taken it down: the signal only asks for that. */
async function killNode(node: string): Promise<void> {
  const { pid } = keeperOf(node)
  process.kill(pid, 'SIGKILL')
  await waitFor(`the end of ${node}`, () => (findKeepers(name).get(node)?.pid === pid ? undefined : true), { timeoutMs: 60_000 })
}

async function hostNamed(host: string): Promise<LabHost> {
  const found = (await labStatus(name)).hosts.find((each) => each.name === host)
  if (found === undefined) throw new Error(`no host ${host}`)
  return found
}

function signal(keeper: Keeper, command: string, what: NodeJS.Signals): void {
  const found = processesOf(keeper, command)
  expect(found).toHaveLength(1)
  found.forEach(({ pid }) => process.kill(pid, what))
}

/** With the scanned key pinned, so that the fingerprint the lab tells is the one a client would see. */
async function ssh(host: LabHost, command: string): Promise<string> {
  const { address, port, user, privateKeyPath, hostKeyFingerprint } = host.ssh
  const knownHosts = join(scratch, host.name)
  const scanned = await must(['ssh-keyscan', '-t', 'ed25519', '-p', String(port), address])
  await writeFile(knownHosts, scanned)
  expect(await must(['ssh-keygen', '-l', '-f', knownHosts])).toContain(hostKeyFingerprint)
  const options = [`UserKnownHostsFile=${knownHosts}`, 'StrictHostKeyChecking=yes', 'BatchMode=yes'].flatMap((each) => ['-o', each])
  return must(['ssh', '-F', 'none', '-i', privateKeyPath, ...options, '-p', String(port), `${user}@${address}`, command])
}

/** Ended but not yet buried by the machine's init (a Z after the name in parentheses) is as good as gone. */
const isAlive = (pid: number): boolean => !/\) [ZX] /.test(readProc(pid, 'stat') ?? ') X ')

async function expectNothingLeft(namespaces: readonly (string | undefined)[]): Promise<void> {
  expect(await labStatus(name)).toMatchObject({ up: false, hosts: [] })
  expect(existsSync(labPaths(name).root)).toBe(false)
  expect(listPids().filter((pid) => namespaces.includes(namespaceOf(pid, 'pid') ?? 'gone') && isAlive(pid))).toEqual([])
  expect(await snapshotMachine()).toEqual(before)
}

it('comes up complete', async () => {
  const status = await labUp({ name })
  expect(status.up).toBe(true)
  expect(status.hosts.map((host) => [host.name, host.ready, host.problems])).toEqual([
    ['net1', true, []],
    ['cmp1', true, []],
    ['cmp2', true, []],
  ])
  expect(status.wire.segments.map(({ ports }) => ports.length)).toEqual([3, 4, 3])
})

it('starts its hosts bare', async () => {
  const { stdout: addresses } = await labExec(name, 'cmp1', ['ip', '-brief', 'address', 'show', 'up'])
  expect(
    addresses
      .trim()
      .split('\n')
      .map((line) => line.trim().split(/\s+/).slice(1)),
  ).toEqual([['UNKNOWN', '127.0.0.1/8', '::1/128'], ['UP'], ['UP'], ['UP']])
  expect((await labExec(name, 'cmp1', ['ovs-vsctl', 'list-br'])).stdout).toBe('')
  expect((await labExec(name, 'cmp1', ['virsh', '--quiet', 'net-list', '--all'])).stdout.trim()).toBe('')
})

it.each([
  ['net1', 'root'],
  ['cmp1', 'root'],
  ['cmp2', 'ops'],
])('lets ssh into %s as %s, who may do everything there', async (host, user) => {
  const output = await ssh(await hostNamed(host), 'hostname; id -un; sudo -n ip -brief link show ens38; sudo -n virsh uri')
  expect(output.split('\n')).toMatchObject([host, user, expect.stringContaining('02:00:00:00:38:'), 'qemu:///system', '', ''])
})

it('carries frames between the hosts and to the outside', async () => {
  const lines = 'addr add 203.0.113.9/24 dev ens38\nroute add default via 203.0.113.1\n'
  await labExec(name, 'net1', ['ip', '-batch', '-'], { stdin: lines })
  const beyond = await labExec(name, 'net1', ['ping', '-c', '1', '-W', '2', '198.51.100.10'])
  expect(beyond.code, beyond.stdout).toBe(0)
})

it('passes argv, exit code and input through the command line as they are', async () => {
  const words = ['', 'a  b', '"$HOME"', "it's", '--json', '-x']
  const printed = await run([...cli, 'exec', 'cmp1', 'printf', '<%s>', ...words], { cwd: labDir })
  expect(printed.stdout).toBe(words.map((word) => `<${word}>`).join(''))
  const piped = await run([...cli, 'exec', 'cmp1', 'sh', '-c', 'cat; exit 7'], { cwd: labDir, stdin: 'in' })
  expect([piped.code, piped.stdout]).toEqual([7, 'in'])
})

it('finds nothing to do the second time', async () => {
  const pids = nodeNames.map((node) => keeperOf(node).pid)
  const steps: string[] = []
  await labUp({ name, onProgress: ({ step }) => steps.push(step) })
  expect(steps).toEqual([])
  expect(nodeNames.map((node) => keeperOf(node).pid)).toEqual(pids)
})

it('tells and repairs a killed switch, a frozen libvirt and a dead host, and leaves the rest alone', async () => {
  const untouched = [keeperOf('cmp2').pid, ...processesOf(keeperOf('cmp2'), 'ovs-vswitchd').map(({ pid }) => pid)]
  signal(keeperOf('net1'), 'ovs-vswitchd', 'SIGKILL')
  signal(keeperOf('cmp2'), 'libvirtd', 'SIGSTOP')
  await killNode('cmp1')
  const status = await labStatus(name)
  expect(status.up).toBe(false)
  expect(status.hosts.map((host) => host.problems)).toEqual([
    [expect.stringContaining('ovs-vswitchd does not answer')],
    ['not running'],
    [expect.stringContaining('libvirtd does not answer')],
  ])
  expect((await labUp({ name })).up).toBe(true)
  expect([keeperOf('cmp2').pid, ...processesOf(keeperOf('cmp2'), 'ovs-vswitchd').map(({ pid }) => pid)]).toEqual(untouched)
})

it('plugs every cable in again when the switch on the wire dies', async () => {
  await killNode('wire')
  expect((await labStatus(name)).wire.problems).toEqual(['not running'])
  expect((await labUp({ name })).wire.segments.map(({ ports }) => ports.length)).toEqual([3, 4, 3])
})

it('keeps what is on the disk of a host, and only that, when the host restarts', async () => {
  const make = ['ovs-vsctl', 'add-br', 'br-keep', '--', 'set', 'bridge', 'br-keep', 'datapath_type=netdev']
  expect((await labExec(name, 'cmp1', make)).code).toBe(0)
  await labExec(name, 'cmp1', ['ip', 'netns', 'add', 'gone'])
  const key = (await hostNamed('cmp1')).ssh.hostKeyFingerprint
  expect((await labHostRestart(name, 'cmp1')).up).toBe(true)
  expect((await labExec(name, 'cmp1', ['ovs-vsctl', 'list-br'])).stdout).toBe('br-keep\n')
  expect((await labExec(name, 'cmp1', ['ip', 'netns', 'list'])).stdout).toBe('')
  expect((await hostNamed('cmp1')).ssh.hostKeyFingerprint).toBe(key)
})

it('leaves nothing behind, and may be asked to twice', async () => {
  const namespaces = nodeNames.map((node) => namespaceOf(keeperOf(node).pid, 'pid'))
  await labDown({ name })
  await labDown({ name })
  await expectNothingLeft(namespaces)
})

it.each([150, 500, 900])('leaves nothing behind of an `up` that was killed after %i ms', async (afterMs) => {
  const [program = '', ...args] = [...cli, 'up']
  const child = spawn(program, args, { cwd: labDir, stdio: ['ignore', 'ignore', 'pipe'] })
  // Counted from the first word of progress: before it, there is nothing yet that could be left.
  await once(child.stderr, 'data')
  await new Promise((resolve) => setTimeout(resolve, afterMs - 150))
  child.kill('SIGKILL')
  const namespaces = [...findKeepers(name).values()].map(({ pid }) => namespaceOf(pid, 'pid'))
  await labDown({ name })
  await expectNothingLeft(namespaces)
})

it('leaves nothing behind of an `up` that was killed while a machine was booting', async () => {
  const [program = '', ...args] = [...cli, 'up', '--with', 'cmp4']
  const child = spawn(program, args, { cwd: labDir, stdio: 'ignore' })
  const booting = await waitFor(
    'the machine to be switched on',
    () => {
      const keeper = findKeepers(name).get('cmp4')
      return keeper !== undefined && processesOf(keeper, 'qemu-system-x86').length > 0 ? keeper : undefined
    },
    { timeoutMs: 120_000 },
  )
  child.kill('SIGKILL')
  // A fast machine would have booted by the time the status gives it up: it is held, once it is a daemon. What starts it would stop with it.
  const isDaemon = ({ pid }: { readonly pid: number }) => readProc(pid, 'stat')?.split(') ')[1]?.split(' ')[1] === String(booting.pid)
  const { pid } = await waitFor('the machine to stand alone', () => processesOf(booting, 'qemu-system-x86').find(isDaemon), {
    timeoutMs: 60_000,
  })
  process.kill(pid, 'SIGSTOP')
  expect((await labStatus(name)).hosts.find((host) => host.name === 'cmp4')?.ready).toBe(false)
  const namespaces = [namespaceOf(booting.pid, 'pid')]
  await labDown({ name })
  await expectNothingLeft(namespaces)
})
