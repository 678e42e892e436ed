// A made-up kind, which no file of the console knows: what its input says is what its form asks for.

import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { checkInput, checkPatch } from '@/components/lib/check-form'
import { plainKinds } from '@/components/lib/kind-places'
import { addressInput, idInput, nameInput, objectOf, patchOf } from '@/server/core/topology/input-shapes'

import { changeForm, creationForm } from './plain-form'
import { emptyValues, plainFields, toPlainInput, toPlainPatch, valuesOf } from './plain-fields'

const shape = {
  name: nameInput,
  networkId: idInput,
  hostId: idInput.nullish(),
  ipVersion: z.int().meta({ title: 'IP version' }),
  priority: z.int().default(7),
  mode: z.enum(['shared', 'private']),
  firstAddress: addressInput.optional(),
  isShared: z.boolean().default(true),
  tags: z.array(z.string()).default([]),
}
const input = objectOf(shape)
const fields = plainFields(input, 'address scope')
const filled = { ...emptyValues(fields), name: 'internal', networkId: '00000000-0000-4000-8000-000000000001', ipVersion: 4 }

describe('the fields of a plain form', () => {
  it('are those of the input, in its order, but for what only a form made by hand can ask for', () => {
    expect(fields.map(({ name, label, isRequired, control, initial }) => [name, label, isRequired, control.type, initial])).toEqual([
      ['name', 'Address scope name', true, 'text', ''],
      ['networkId', 'Network', true, 'object', ''],
      ['hostId', 'Host', false, 'object', ''],
      ['ipVersion', 'IP version', true, 'number', null],
      ['priority', 'Priority', false, 'number', 7],
      ['mode', 'Mode', true, 'choice', 'shared'],
      ['firstAddress', 'First address', false, 'text', ''],
      ['isShared', 'Is shared', false, 'switch', true],
      ['description', 'Description', false, 'text', ''],
    ])
  })

  it('are sent as the API takes them, what is left empty left out', () => {
    expect(toPlainInput(fields)(filled)).toEqual({
      name: 'internal',
      networkId: filled.networkId,
      ipVersion: 4,
      priority: 7,
      mode: 'shared',
      isShared: true,
    })
    expect(checkInput(input, toPlainInput(fields))(filled, filled)).toEqual([])
  })

  it('say what is missing, at its field', () => {
    const found = checkInput(input, toPlainInput(fields))({ ...filled, networkId: '' }, filled)
    expect(found.map(({ field }) => field)).toEqual(['networkId'])
  })

  it('show what an object has, and send what was changed, to none as well', () => {
    const before = valuesOf(fields, { ...filled, hostId: filled.networkId, description: 'old' })
    const now = { ...before, hostId: '', description: '' }
    const toPatch = toPlainPatch(fields)
    expect([before['hostId'], before['firstAddress'], toPatch(now)['hostId'], toPatch(now)['description']]).toEqual([
      filled.networkId,
      '',
      null,
      '',
    ])
    expect(checkPatch(patchOf(shape), toPatch)(now, before)).toEqual([])
  })

  it('are none where an input needs more', () => {
    expect(() => plainFields(z.object({ ranges: z.array(z.int()) }), 'pool')).toThrow('cannot ask for ranges of a pool')
  })
})

it.each([...plainKinds, 'project' as const])('a %s has a plain form', (kind) => {
  expect(creationForm(kind)?.fields.length).toBeGreaterThan(0)
})
it('only a description may change of a nested uplink, which has a form of its own', () => {
  expect([changeForm('nestedUplink'), changeForm('project')?.fields.map(({ name }) => name)]).toEqual([null, ['name', 'description']])
})
