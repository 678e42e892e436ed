// What is on a host, line by line, read past the console: the honest way to find what a deletion left behind.

import { kindNames } from '@/server/core/host/host-state'
import { kindOf } from '@/server/core/kinds/kinds'
import { labExec } from '../lab'

/** In shell words: all of a host is read by one command, since one into a VM host has to log in first. */
const READINGS: readonly (readonly [label: string, command: string])[] = kindNames.flatMap((kind) => kindOf(kind).probes)
const MARK = '@@'
/** Constant text; labels and commands are its arguments. */
const READ_ALL = `while [ $# -gt 0 ]; do echo "${MARK}$1"; (eval "$2") 2>/dev/null; shift 2; done; true`

export async function snapshot(lab: string, host: string): Promise<ReadonlySet<string>> {
  const { code, stdout, stderr } = await labExec(lab, host, ['sh', '-c', READ_ALL, 'sh', ...READINGS.flat()])
  if (code !== 0) throw new Error(`${host} could not be looked at: ${stderr}`)
  const lines = stdout
    .split(MARK)
    .slice(1)
    .flatMap((part) => {
      const [label = '', ...rest] = part.split('\n')
      return rest.map((line) => normalize(label, line)).filter((line) => line !== null)
    })
  return new Set(lines)
}

/** Names only: indexes and flags change without anything being left. */
function normalize(label: string, line: string): string | null {
  const text = line.trim()
  if (text === '') return null
  if (label === 'link') return `link ${text.split(': ')[1]?.split('@')[0]}`
  if (label === 'address') return `address ${text.split(/\s+/).slice(1, 4).join(' ')}`
  return `${label} ${text}`
}

export const leftBehind = (before: ReadonlySet<string>, after: ReadonlySet<string>, host: string): string[] =>
  [...after].filter((line) => !before.has(line)).map((line) => `${line} on ${host}`)

/** What is on the hosts now and was not there when they were `bare`, in the same order. */
export async function findLeftovers(
  lab: string,
  hosts: readonly { readonly name: string }[],
  bare: readonly ReadonlySet<string>[],
): Promise<string[]> {
  const found = await Promise.all(hosts.map(async ({ name }, index) => leftBehind(bare[index]!, await snapshot(lab, name), name)))
  return found.flat()
}
