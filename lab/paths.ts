// Where a lab keeps what must outlive a process: under one directory per lab, removed by `down`. The guest image is
// shared by all labs and stays.

import { join } from 'node:path'
import { exitCodes, LabError } from './errors'

export const defaultName = 'tl'

export type Environment = Readonly<Record<string, string | undefined>>

/** Short, because it becomes part of process names and directory names; strict, because it becomes part of a path. */
const namePattern = /^[a-z][a-z0-9-]{0,11}$/

export interface LabPaths {
  readonly root: string
  /** Everything else that belongs to the lab as a whole: its ports. */
  readonly labFile: string
  readonly sshDir: string
  readonly privateKey: string
  readonly logDir: string
  readonly nodesDir: string
  /** Store and captures of the last scenario, for inspection. */
  readonly scenarioDir: string
}

export function checkName(name: string): string {
  if (namePattern.test(name)) return name
  throw new LabError(`"${name}" is no lab name: a letter, then up to 11 letters, digits or dashes, all lower case`, exitCodes.usage)
}

export function labPaths(name: string, env: Environment = process.env): LabPaths {
  const root = join(env.LAB_STATE ?? '/var/lib/tapline-lab', checkName(name))
  return {
    root,
    labFile: join(root, 'lab.json'),
    sshDir: join(root, 'ssh'),
    privateKey: join(root, 'ssh', 'id_ed25519'),
    logDir: join(root, 'log'),
    nodesDir: join(root, 'nodes'),
    scenarioDir: join(root, 'scenario'),
  }
}

/** Unfinished things in the cache; a name that says so lets anyone clean them up. */
export const draftPrefix = 'draft-'

export function cacheDir(env: Environment = process.env): string {
  return env.LAB_CACHE ?? '/var/cache/tapline-lab'
}
