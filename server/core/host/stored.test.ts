import { expect, it } from 'vitest'
import { explainUnparsed, unparsedText } from '../explain/unparsed'
import { quoted } from '../parse/parse-result'
import { readObservation } from './stored'

type Stored = Parameters<typeof readObservation>[0]

it('quotes the reasons of a reading from before they were data, and takes those of today as they are', () => {
  const unparsed: Stored['unparsed'] = [
    { section: 'flows br-int', text: 'x', reason: 'Unknown action "teleport"' },
    { section: 'virsh', text: '', reason: { code: 'unanswered', params: { who: 'libvirt', withinS: 45 } } },
  ]
  const read = readObservation({ unparsed } as Stored)
  expect(read.unparsed.map(({ reason }) => explainUnparsed(reason))).toEqual([
    'Unknown action "teleport"',
    'Libvirt does not answer within 45 s',
  ])
})

it('says how long a text was that is cut', () => {
  expect(unparsedText(quoted('x'.repeat(2345)))).toBe(`${'x'.repeat(2000)}… (2345 characters)`)
  expect(unparsedText(quoted('x [12]'))).toBe('x [12]')
})
