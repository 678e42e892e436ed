import { expect, it } from 'vitest'
import { explainUnparsed } from '../explain/unparsed'
import { said as quote } from '../quoted'
import { unknownParts } from '../host/unknown-parts'
import { boundPieces } from './bound-pieces'

const flow = (index: number) => ({ section: 'flows br-int', text: ` table=${index} actions=teleport`, reason: quote('Unknown action "teleport"') })
const domain = (name: string) => ({ section: 'domains', text: `<domain>${name}`, reason: quote('odd'), foreign: [name] })
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))

it('keeps little as it is, in its order', () => {
  const pieces = [flow(0), domain('a'), flow(1)]
  expect(boundPieces(pieces)).toEqual([flow(0), flow(1), domain('a')])
})

it('keeps the first of a section, says how many more there are, and takes no room from other sections', () => {
  const pieces = boundPieces([...many(20_000, flow), domain('a')])
  expect(pieces).toHaveLength(102)
  expect(pieces.slice(99)).toEqual([flow(99), { section: 'flows br-int', text: '', reason: { code: 'more-alike', params: { count: 19_900 } } }, domain('a')])
  expect(unknownParts({ unparsed: pieces }).at(-2)).toMatchObject({ section: 'flows br-int', bridge: 'br-int', kinds: ['flows'] })
})

it('what is somebody else’s stays somebody else’s, each by its name; what may be ours stays not known', () => {
  const foreign = boundPieces(many(150, (index) => domain(`vm-${index}`)))
  expect(foreign.flatMap((piece) => piece.foreign)).toEqual(many(150, (index) => `vm-${index}`))
  const mixed = boundPieces([...many(150, (index) => domain(`vm-${index}`)), { section: 'domains', text: '', reason: quote('Not a domain') }])
  const folded = mixed.slice(100).map(({ reason, foreign: names }) => [explainUnparsed(reason), names?.length])
  expect(folded).toEqual([['1 more like those before', undefined], ['50 more like those before', 50]])
})

it('keeps no more text than that, and every section', () => {
  const pieces = boundPieces(many(500, (index) => ({ section: `ip ns-${index}`, text: 'x'.repeat(2000), reason: quote('odd') })))
  expect(pieces).toHaveLength(500)
  expect(pieces.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(256 * 1024)
  expect(pieces[0]?.text).toHaveLength(2000)
})
