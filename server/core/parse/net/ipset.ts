// `ipset save` → sets and their members; security groups refer to remote groups by set.
//
//   create NIPv4202eba12-60ff-4253-a301- hash:net family inet hashsize 1024 maxelem 65536
//   add NIPv4202eba12-60ff-4253-a301- 10.0.1.12

import type { Ipset } from '../../host/ipset'
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

/** The kernel chooses these, and grows the first as members come. */
const CHOSEN = new Set(['hashsize', 'bucketsize', 'initval'])

export function toIpset({ name, type, options, members }: IpSet, netns: string): Ipset {
  const words = options.split(' ').filter((word) => word !== '')
  const valueOf = (option: string) => words[words.indexOf(option) + 1]
  const has = (option: string) => words.includes(option)
  const [family, maxElements] = [has('family') ? valueOf('family') : undefined, has('maxelem') ? Number(valueOf('maxelem')) : undefined]
  const unmodelled = words.filter((word, index) => !isRead(word) && !isRead(words[index - 1] ?? ''))
  return {
    netns,
    name,
    type,
    ...(family === 'inet' || family === 'inet6' ? { addressFamily: family } : {}),
    ...(maxElements === undefined ? {} : { maxElements }),
    ...(unmodelled.length === 0 ? {} : { unmodelled }),
    entries: members,
  }
}

const isRead = (option: string): boolean => option === 'family' || option === 'maxelem' || CHOSEN.has(option)
