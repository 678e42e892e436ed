// The private directories of a node, made before it starts: a copy of the machine's /etc with everything personal to
// the machine taken out, and an empty /var, /root and /home. Built beside and renamed into place, so that a directory
// that exists is complete.

import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { must } from '../run'
import { nodeAccounts, sudoers } from './accounts'

const varDirs = [
  'cache/libvirt',
  'lib/dpkg',
  'lib/libvirt',
  'lib/misc',
  'lib/openvswitch',
  'lib/tapline',
  'lib/tapline-guest',
  'lib/tapline-images',
  'log/libvirt/qemu',
  'log/openvswitch',
  'spool',
  'tmp',
] as const

/** Parts of the machine's /etc that describe the machine itself, or hold its keys. */
const notForNodes = [
  'libvirt/qemu',
  'libvirt/storage',
  'libvirt/secrets',
  'libvirt/nwfilter',
  'openvswitch',
  'ssh',
  'sudoers.d',
  'ssl/private',
  'passwd-',
  'group-',
  'shadow-',
  'gshadow',
  'gshadow-',
] as const

/** Makes the directories unless they are there; `finish` adds what only some nodes have, before they count as made. */
export async function ensureNodeFiles(
  dir: string,
  node: string,
  operator: string | undefined,
  finish: (draft: string) => Promise<void>,
): Promise<void> {
  if (existsSync(dir)) return
  const draft = `${dir}.draft`
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { recursive: true, mode: 0o755 })
  await Promise.all([makeEtc(join(draft, 'etc'), node, operator), makeVar(join(draft, 'var')), makeHomes(draft, operator)])
  await finish(draft)
  await rename(draft, dir)
}

async function makeEtc(etc: string, node: string, operator?: string): Promise<void> {
  await must(['cp', '--archive', '/etc', etc])
  await Promise.all(notForNodes.map((path) => rm(join(etc, path), { recursive: true, force: true })))
  const [passwd, group] = await Promise.all(['passwd', 'group'].map((file) => readFile(join(etc, file), 'utf8')))
  const account = operator === undefined ? undefined : { user: operator }
  const accounts = nodeAccounts({ passwd: passwd ?? '', group: group ?? '' }, account)
  const files: readonly (readonly [path: string, text: string, mode?: number])[] = [
    ['hostname', `${node}\n`],
    ['hosts', `127.0.0.1 localhost ${node}\n::1 localhost\n`],
    ['machine-id', `${randomBytes(16).toString('hex')}\n`],
    ['passwd', accounts.passwd],
    ['group', accounts.group],
    ['shadow', accounts.shadow, 0o640],
    ['sudoers', sudoers(account), 0o440],
  ]
  await Promise.all(files.map(([path, text, mode]) => replaceFile(join(etc, path), text, mode)))
}

/** Removes first: the copy may be a symbolic link to a file of the machine. */
async function replaceFile(path: string, text: string, mode = 0o644): Promise<void> {
  await rm(path, { force: true })
  await writeFile(path, text, { mode })
}

async function makeVar(dir: string): Promise<void> {
  await Promise.all(varDirs.map((path) => mkdir(join(dir, path), { recursive: true })))
  await symlink('/run', join(dir, 'run'))
  await symlink('/run/lock', join(dir, 'lock'))
}

async function makeHomes(dir: string, operator?: string): Promise<void> {
  await mkdir(join(dir, 'root'), { mode: 0o700 })
  await mkdir(join(dir, 'home'))
  if (operator === undefined) return
  await mkdir(join(dir, 'home', operator), { mode: 0o755 })
}

/** For files that a user of the node must own. */
export async function give(path: string, owner: { readonly uid: number; readonly gid: number }): Promise<void> {
  await chown(path, owner.uid, owner.gid)
}
