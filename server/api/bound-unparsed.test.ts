import { expect, it } from 'vitest'
import { said as quote } from '@/server/core/quoted'
import { boundUnparsed } from './bound-unparsed'

const piece = (text: string) => ({ section: 'links', text, reason: quote('unknown') })

it('shows little as it is', () => {
  expect(boundUnparsed([piece('what?')])).toEqual([piece('what?')])
})

it('says how much of half a million lines is left out', () => {
  const shown = boundUnparsed(Array.from({ length: 500_000 }, () => piece('x'.repeat(100))))
  expect(shown.at(-1)).toMatchObject({ text: '499800 more pieces' })
  expect(JSON.stringify(shown).length).toBeLessThan(50_000)
})

it('cuts a piece that is long', () => {
  expect(boundUnparsed([piece('x'.repeat(5000))])[0]!.text).toHaveLength(2002)
})

it('cuts a reason that is long', () => {
  const reason = { code: 'unknown-key', params: { key: 'k'.repeat(15_000) } } as const
  expect(boundUnparsed([{ section: 'flows br-int', text: '', reason }])[0]?.reason).toEqual({
    code: 'unknown-key',
    params: { key: `${'k'.repeat(299)}…` },
  })
})
