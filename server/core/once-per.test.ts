import { expect, it } from 'vitest'
import { oncePer } from './once-per'

it('works a value out once per key, also one that is nothing', () => {
  let calls = 0
  const countOf = oncePer<object, undefined>(() => {
    calls += 1
    return undefined
  })
  const [one, other] = [{}, {}]
  countOf(one)
  countOf(one)
  countOf(other)
  expect(calls).toBe(2)
})
