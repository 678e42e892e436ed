import { expect, it } from 'vitest'
import { all, sleep, waitFor } from './wait'

it('asks until there is an answer', async () => {
  let asked = 0
  expect(await waitFor('three', () => (++asked === 3 ? asked : undefined), { everyMs: 1 })).toBe(3)
})

it('says what it waited for in vain', async () => {
  await expect(waitFor('rain', () => undefined, { timeoutMs: 20, everyMs: 5 })).rejects.toThrow('in vain for rain')
})

it('tells every failure, after everything has ended', async () => {
  let isSlowDone = false
  const slow = sleep(30).then(() => {
    isSlowDone = true
  })
  await expect(all([Promise.reject(new Error('one')), slow, Promise.reject(new Error('two'))])).rejects.toThrow('one; two')
  expect(isSlowDone).toBe(true)
  expect(await all([Promise.resolve(1), Promise.resolve(2)])).toEqual([1, 2])
})
