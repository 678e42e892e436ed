import { expect, it } from 'vitest'
import { explainUnparsed } from '../explain/unparsed'
import { said as quote } from '../quoted'
import { unknownParts } from '../host/unknown-parts'
import { boundPieces } from './bound-pieces'
import { parseDumpFlows } from './openflow/dump-flows'

const flow = (index: number) => ({
  section: 'flows br-int',
  text: ` table=${index} actions=teleport`,
  reason: quote('Unknown action "teleport"'),
})
const domain = (name: string) => ({ section: 'domains', text: `<domain>${name}`, reason: quote('odd'), foreign: [name] })
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

it('keeps little as it is, in its order', () => {
  const pieces = [flow(0), domain('a'), flow(1)]
  expect(boundPieces(pieces)).toEqual([flow(0), flow(1), domain('a')])
})

it('keeps the first of a section, says how many more there are, and takes no room from other sections', () => {
  const pieces = boundPieces([...many(20_000, flow), domain('a')])
  expect(pieces).toHaveLength(102)
  expect(pieces.slice(99)).toEqual([
    flow(99),
    { section: 'flows br-int', text: '', reason: { code: 'more-alike', params: { count: 19_900 } } },
    domain('a'),
  ])
  expect(unknownParts({ unparsed: pieces }).at(-2)).toMatchObject({ section: 'flows br-int', bridge: 'br-int', kinds: ['flows'] })
})

it('what is somebody else’s stays somebody else’s, each by its name; what may be ours stays not known', () => {
  const foreign = boundPieces(many(150, (index) => domain(`vm-${index}`)))
  expect(foreign.flatMap((piece) => piece.foreign)).toEqual(many(150, (index) => `vm-${index}`))
  const mixed = boundPieces([
    ...many(150, (index) => domain(`vm-${index}`)),
    { section: 'domains', text: '', reason: quote('Not a domain') },
  ])
  const folded = mixed.slice(100).map(({ reason, foreign: names }) => [explainUnparsed(reason), names?.length])
  expect(folded).toEqual([
    ['1 more like those before', undefined],
    ['50 more like those before', 50],
  ])
})

it('keeps no more text than that, and every section', () => {
  const pieces = boundPieces(many(500, (index) => ({ section: `ip ns-${index}`, text: 'x'.repeat(2000), reason: quote('odd') })))
  expect(pieces).toHaveLength(500)
  expect(pieces.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(256 * 1024)
  expect(pieces[0]?.text).toHaveLength(2000)
})

it('counts what the reasons quote, and lets every section say why', () => {
  const odd = (section: string) => many(100, () => ({ section, text: '', reason: quote('x'.repeat(300)) }))
  const sections = many(200, (index) => `ip ns-${index}`)
  const pieces = boundPieces(sections.flatMap(odd))
  expect(pieces.reduce((sum, { text, reason }) => sum + text.length + explainUnparsed(reason).length, 0)).toBeLessThan(300 * 1024)
  expect([...new Set(pieces.map(({ section }) => section))]).toEqual(sections)
  expect(pieces.slice(-2).map(({ reason }) => explainUnparsed(reason))).toEqual([`${'x'.repeat(39)}…`, '99 more like those before'])
})

it('where there is no room left, what is somebody else’s stays so by its name', () => {
  const full = many(140, (index) => ({ section: `ip ns-${index}`, text: 'x'.repeat(2000), reason: quote('odd') }))
  const domains = [...many(3, (index) => domain(`vm-${index}`)), { section: 'domains', text: 'what?', reason: quote('odd') }]
  const pieces = boundPieces([...full, ...domains])
  const ofDomains = pieces.filter(({ section }) => section === 'domains')
  expect(ofDomains.map(({ text, reason, foreign }) => [text, explainUnparsed(reason), foreign])).toEqual([
    ['', 'odd', ['vm-0']],
    ['', '1 more like those before', undefined],
    ['', '2 more like those before', ['vm-1', 'vm-2']],
  ])
})

it('holds for lines whose one word is all of them, also in what plans say of the part', () => {
  const lines = many(100, (index) => ` table=0, priority=1,${'k'.repeat(15_000)}${index}=1 actions=drop`)
  const pieces = boundPieces(parseDumpFlows(lines.join('\n'), 'br-int').unparsed)
  expect(pieces.length).toBeGreaterThanOrEqual(100)
  expect(pieces.reduce((sum, { text, reason }) => sum + text.length + explainUnparsed(reason).length, 0)).toBeLessThan(256 * 1024 + 10_000)
  expect(JSON.stringify(unknownParts({ unparsed: pieces })).length).toBeLessThan(100_000)
})
