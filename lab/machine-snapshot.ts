// What a lab must not change: the machine's own network and mounts. Taken before and after, compared as text by tests.

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { must } from './run'

export interface MachineSnapshot {
  readonly namespaces: string
  readonly links: string
  readonly routes: string
  readonly mounts: string
  readonly sysctls: Readonly<Record<string, string>>
}

/** Switches a careless lab would be tempted to turn for the whole machine. */
const sysctlDirs = ['/proc/sys/net/bridge', '/proc/sys/net/ipv4/conf/all', '/proc/sys/net/ipv4/conf/default'] as const

export async function snapshotMachine(): Promise<MachineSnapshot> {
  const [namespaces, links, routes, mounts, sysctls] = await Promise.all([
    must(['ip', 'netns', 'list']),
    must(['ip', '-brief', 'address']),
    must(['ip', 'route', 'show', 'table', 'all']),
    readFile('/proc/self/mounts', 'utf8'),
    readSysctls(),
  ])
  return { namespaces, links, routes, mounts, sysctls }
}

async function readSysctls(): Promise<Readonly<Record<string, string>>> {
  const listed = await Promise.all(sysctlDirs.map(async (dir) => (await readdir(dir).catch(() => [])).map((file) => join(dir, file))))
  const pairs = await Promise.all(listed.flat().map(async (path) => [path, await readFile(path, 'utf8').catch(() => '')] as const))
  return Object.fromEntries(pairs)
}
