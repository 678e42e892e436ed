import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import type { Unparsed } from './observation'
import { sectionWords } from '../explain/unknown-part'
import { mayHide, unknownPartOf, unknownParts } from './unknown-parts'

const piece = (section: string, more: Partial<Unparsed> = {}): Unparsed => ({ section, text: '', reason: quote('exit code 1'), ...more })
const reading = (...unparsed: Unparsed[]) => ({ unparsed })

const why = (...asked: Parameters<typeof unknownPartOf>): string | null => {
  const part = unknownPartOf(...asked)
  return part && sectionWords(part)
}

describe('what of a reading is not known', () => {
  it('is nothing where everything was read', () => {
    expect(unknownParts(reading())).toEqual([])
    expect(why(reading(), 'links')).toBeNull()
  })

  it.each([
    ['flows br-int', 'flows', { bridge: 'br-int' }, { bridge: 'br-tun' }],
    ['ip qdhcp-1', 'routes', { netns: 'qdhcp-1' }, { netns: '' }],
    ['ip', 'links', { netns: '' }, { netns: 'qdhcp-1' }],
    ['namespace qdhcp-1', 'sysctls', { netns: 'qdhcp-1' }, { netns: 'qrouter-1' }],
    ['ebtables', 'iptables', { netns: '', family: 'bridge' }, { netns: '', family: 'ipv4' }],
  ] as const)('a failed section "%s" leaves %s of its place unknown, and of no other', (section, kind, place, other) => {
    expect(why(reading(piece(section)), kind, place)).toBe(`${section}: exit code 1`)
    expect(why(reading(piece(section)), kind, other)).toBeNull()
    expect(why(reading(piece(section)), 'restoreUnits')).toBeNull()
  })

  it('a failed OVSDB leaves bridges, ports and all flows unknown', () => {
    const failed = reading(piece('ovsdb'))
    expect((['ovsBridges', 'ovsPorts', 'flows', 'links'] as const).map((kind) => why(failed, kind, { bridge: 'br-int' }) !== null)).toEqual(
      [true, true, true, false],
    )
  })

  it('a fact or a strange name hides no resource', () => {
    expect(unknownParts(reading(piece('facts'), piece('name'), piece('__proto__'), piece('constructor')))).toEqual([])
  })

  it('[PLAN-25] what a switch learned, not read or not understood, hides no resource', () => {
    expect(unknownParts(reading(piece('ovs-macs br-int'), piece('groups br-int')))).toEqual([])
  })

  it('a piece about one foreign thing hides that and nothing else', () => {
    const [part] = unknownParts(reading(piece('domains', { foreign: ['u-1', 'theirs'] })))
    const domain = (uuid: string, name: string) => ({ uuid, name }) as never
    expect([
      mayHide(part!, 'domains', domain('u-1', 'x')),
      mayHide(part!, 'domains', domain('u-2', 'theirs')),
      mayHide(part!, 'domains', domain('u-2', 'ours')),
    ]).toEqual([true, true, false])
    expect(why(reading(piece('domains', { foreign: ['u-1'] })), 'domains')).toBeNull()
  })

  it("somebody else's things of which nobody knows the names are not known, and hide nothing of ours", () => {
    const foreign = reading(piece('iptables', { foreign: [] }))
    expect(why(foreign, 'iptables', { netns: '', family: 'ipv4' })).not.toBeNull()
    expect(mayHide(unknownParts(foreign)[0]!, 'iptables', { netns: '', family: 'ipv4', chain: 'FORWARD' } as never)).toBe(false)
  })

  it('a namespace hides behind what failed inside it', () => {
    const [part] = unknownParts(reading(piece('ip qdhcp-1')))
    expect(mayHide(part!, 'namespaces', { name: 'qdhcp-1', owner: null })).toBe(true)
    expect(mayHide(part!, 'namespaces', { name: 'qdhcp-2', owner: null })).toBe(false)
  })
})
