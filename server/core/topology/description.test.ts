import { describe, expect, it } from 'vitest'
import { diffTopology } from './changes'
import { described, MAX_DESCRIPTION_LENGTH } from './description'
import { accepted } from './edit'
import { designEdits } from './kinds/edits'
import { itemsOf, kindNames } from './kinds/kinds'
import { countedIds } from './testing/sample'
import { makeOneOfEach } from './testing/one-of-each'
import type { Kind, Topology } from './topology'

const topology = makeOneOfEach()

/** As an edit that changes nothing else would. */
function describeFirst(before: Topology, kind: Kind, description: string): Topology {
  const id = itemsOf(before, kind)[0]!.id
  const outcome = described(kind, (each) => accepted(each, { id }), description)(before)
  if (!outcome.ok) throw new Error(outcome.violations.map(({ rule }) => rule).join())
  return outcome.topology
}

describe.each(kindNames)('the description of a %s', (kind) => {
  it('is told as a change, and taken away again', () => {
    const told = describeFirst(topology, kind, 'for the audit')
    expect(diffTopology(topology, told)).toMatchObject([{ action: 'change', kind, fields: [{ field: 'description', from: null, to: 'for the audit' }] }])
    expect(describeFirst(told, kind, '')).toEqual(topology)
  })
})

describe('a description', () => {
  const deps = { ids: countedIds(900), now: '2026-01-01T00:00:00.000Z' }
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
    const { id } = told.networks[0]!
    const update = (seen: string) => designEdits.network.update.edit(id, { description: 'mine', seen: { description: seen } }, deps)(told)
    expect(update('as it was').ok).toBe(true)
    const late = update('')
    expect(!late.ok && late.violations.map(({ rule, field }) => [rule, field])).toEqual([['changed-meanwhile', 'description']])
  })
})
