// `ipset save` → sets and their members; security groups refer to remote groups by set.
//
//   create NIPv4202eba12-60ff-4253-a301- hash:net family inet hashsize 1024 maxelem 65536
//   add NIPv4202eba12-60ff-4253-a301- 10.0.1.12

import { takeLines } from '../lines'
import type { Parsed } from '../parse-result'

export interface IpSet {
  readonly name: string
  /** hash:net and the like. */
  readonly type: string
  readonly options: string
  readonly members: readonly string[]
}

export function parseIpsetSave(text: string, section = 'ipset'): Parsed<readonly IpSet[]> {
  const sets = new Map<string, IpSet & { readonly members: string[] }>()
  const result = takeLines(text, section, null, (line) => {
    const [, created, type, options = ''] = /^create (\S+) (\S+)(?: (.*))?$/.exec(line) ?? []
    if (created && type) return sets.set(created, { name: created, type, options, members: [] }).size > 0
    const [, name, member] = /^add (\S+) (.+)$/.exec(line) ?? []
    const set = name === undefined ? undefined : sets.get(name)
    return set !== undefined && member !== undefined && set.members.push(member) > 0
  })
  return { value: [...sets.values()], unparsed: result.unparsed }
}
