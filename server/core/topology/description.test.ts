import { describe, expect, it } from 'vitest'
import { diffTopology } from './changes'
import { described } from './description'
import { MAX_DESCRIPTION_LENGTH } from './rules/descriptions'
import { accepted } from './edit'
import { designEdits } from './kinds/edits'
import type { KindEdits } from './kinds/kind-edits'
import { itemsOf, kindNames } from './kinds/kinds'
import { countedIds } from './testing/sample'
import { makeOneOfEach } from './testing/one-of-each'
import type { Kind, Topology } from './topology'

const topology = makeOneOfEach()

/** The id of one that people may change. */
const firstOf = (each: Topology, kind: Kind): string =>
  itemsOf(each, kind).find((item) => !('deviceOwner' in item && item.deviceOwner === 'network:dhcp'))!.id

/** As an edit that changes nothing else would. */
function describeFirst(before: Topology, kind: Kind, description: string): Topology {
  const id = firstOf(before, kind)
  const outcome = described(kind, (each) => accepted(each, { id }), description)(before)
  if (!outcome.ok) throw new Error(outcome.violations.map(({ rule }) => rule).join())
  return outcome.topology
}

describe.each(kindNames)('the description of a %s', (kind) => {
  it('is told as a change, and taken away again', () => {
    const told = describeFirst(topology, kind, 'for the audit')
    expect(diffTopology(topology, told)).toMatchObject([
      { action: 'change', kind, fields: [{ field: 'description', from: null, to: 'for the audit' }] },
    ])
    expect(describeFirst(told, kind, '')).toEqual(topology)
  })
})

const deps = { ids: countedIds(900), now: '2026-01-01T00:00:00.000Z' }

describe.each(kindNames.filter((kind) => kind !== 'host'))('the description of a changed %s', (kind) => {
  it('stays, and so does that of everything else', () => {
    const told = kindNames.reduce((each, next) => describeFirst(each, next, 'for the audit'), topology)
    const update: KindEdits['update'] = designEdits[kind].update
    const outcome = update!.edit(firstOf(told, kind), { name: 'another' }, deps)(told)
    const describedIn = (each: Topology) =>
      kindNames.flatMap((next) =>
        itemsOf(each, next)
          .filter(({ description }) => description === 'for the audit')
          .map(() => next),
      )
    expect(outcome.ok && describedIn(outcome.topology)).toEqual([...kindNames])
  })
})

describe('a description', () => {
  const create = (description: string) => designEdits.project.create.edit({ name: 'audits', description }, deps)(topology)

  it('comes with what is made', () => {
    const outcome = create('of the second floor')
    expect(outcome.ok && outcome.topology.projects.map(({ name, description }) => [name, description])).toEqual([
      ['audits', 'of the second floor'],
      ['demo', undefined],
    ])
  })

  it.each([
    ['description-length', 'x'.repeat(MAX_DESCRIPTION_LENGTH + 1)],
    ['line-printable', 'two\nlines'],
  ])('is refused by %s', (rule, text) => {
    const outcome = create(text)
    expect(!outcome.ok && outcome.violations.map((violation) => [violation.rule, violation.field])).toEqual([[rule, 'description']])
  })

  it('is refused when somebody else has changed it meanwhile', () => {
    const told = describeFirst(topology, 'network', 'as it was')
    const id = firstOf(told, 'network')
    const update = (seen: string) => designEdits.network.update.edit(id, { description: 'mine', seen: { description: seen } }, deps)(told)
    expect(update('as it was').ok).toBe(true)
    const late = update('')
    expect(!late.ok && late.violations.map(({ rule, field }) => [rule, field])).toEqual([['changed-meanwhile', 'description']])
  })
})
