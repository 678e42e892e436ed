// The guest's root directory: busybox, the guest agent ping and nc with their libraries, the drivers, and the few scripts
// in rootfs/. It is small enough to live in memory, so a guest needs no disk and forgets everything when it stops.

import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { must } from '../run'
import type { CpioEntry } from './cpio'
import { findModules, modules, type GuestKernel } from './kernel'

const rootfs = join(dirname(fileURLToPath(import.meta.url)), 'rootfs')
const busybox = '/bin/busybox'

/** iputils' ping as well as busybox's, for the DF bit (`-M do`); first in the search path. */
const programs = [
  { from: busybox, to: busybox },
  { from: '/usr/sbin/qemu-ga', to: '/usr/sbin/qemu-ga' },
  { from: '/usr/bin/ping', to: '/usr/local/bin/ping' },
  // Debian's busybox speaks no UDP.
  { from: '/usr/bin/nc.openbsd', to: '/usr/local/bin/nc.openbsd' },
  // Debian's busybox has none.
  { from: '/usr/bin/nice', to: '/usr/bin/nice' },
] as const

const emptyDirs = ['dev', 'proc', 'sys', 'run', 'tmp', 'root', 'var/log'] as const

export async function initramfsEntries(kernel: GuestKernel): Promise<readonly CpioEntry[]> {
  const parts = await Promise.all([scriptFiles(), programFiles(), libraryFiles(), moduleFiles(kernel), busyboxLinks()])
  const contents = withoutRepeats(parts.flat())
  const console: CpioEntry = { kind: 'device', path: 'dev/console', mode: 0o600, major: 5, minor: 1 }
  const links: readonly CpioEntry[] = [{ kind: 'link', path: 'var/run', target: '/run' }]
  return [...directoriesFor([...contents, ...links], emptyDirs), console, ...links, ...contents]
}

/** What decides the image's content besides this code: read to see whether a finished image is still the right one. */
export async function initramfsInputs(): Promise<readonly string[]> {
  const scripts = await readdir(rootfs, { recursive: true, withFileTypes: true })
  const files = scripts.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return [...files.sort(), ...programs.map((program) => program.from)]
}

async function file(from: string, to: string): Promise<CpioEntry> {
  const [data, { mode }] = await Promise.all([readFile(from), stat(from)])
  // A script is a program also where the sources were unpacked without their modes.
  const isProgram = (mode & 0o111) !== 0 || data.subarray(0, 2).toString() === '#!'
  return { kind: 'file', path: to.replace(/^\//, ''), mode: isProgram ? 0o755 : 0o644, data }
}

async function scriptFiles(): Promise<readonly CpioEntry[]> {
  const entries = await readdir(rootfs, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Promise.all(paths.sort().map((path) => file(path, path.slice(rootfs.length))))
}

function programFiles(): Promise<readonly CpioEntry[]> {
  return Promise.all(programs.map(({ from, to }) => file(from, to)))
}

async function libraryFiles(): Promise<readonly CpioEntry[]> {
  const dynamic = programs.filter((program) => program.from !== busybox)
  const listed = await Promise.all(dynamic.map(async ({ from }) => parseLibraries(await must(['ldd', from]))))
  return Promise.all(listed.flat().map((path) => file(path, path)))
}

/** `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x…)`, and the loader as `/lib64/ld-linux-x86-64.so.2 (0x…)`. */
export function parseLibraries(ldd: string): readonly string[] {
  return [...ldd.matchAll(/(?:^|\s)(\/\S+) \(0x/g)].map(([, path]) => path ?? '')
}

async function moduleFiles(kernel: GuestKernel): Promise<readonly CpioEntry[]> {
  const order: CpioEntry = { kind: 'file', path: 'lib/modules/order', mode: 0o644, data: Buffer.from(`${modules.join('\n')}\n`) }
  const paths = await findModules(kernel, modules)
  return [order, ...(await Promise.all(paths.map((path) => file(path, `lib/modules/${basename(path)}`))))]
}

/** One name per applet, made now rather than by `busybox --install` at every boot. */
async function busyboxLinks(): Promise<readonly CpioEntry[]> {
  const applets = (await must([busybox, '--list-full'])).split('\n').filter(Boolean)
  return applets.map((path) => ({ kind: 'link', path, target: busybox }))
}

/** The first one wins: scripts and programs come before the applets of the same name. */
function withoutRepeats(entries: readonly CpioEntry[]): readonly CpioEntry[] {
  return [...new Map([...entries].reverse().map((entry) => [entry.path, entry])).values()].reverse()
}

export function directoriesFor(entries: readonly CpioEntry[], extra: readonly string[]): readonly CpioEntry[] {
  const paths = new Set([...extra, ...entries.map((entry) => dirname(entry.path))].flatMap(selfAndParents))
  // Sorted, a parent comes before what is in it.
  return [...paths].sort().map((path) => ({ kind: 'directory', path, mode: 0o755 }))
}

function selfAndParents(path: string): readonly string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}
