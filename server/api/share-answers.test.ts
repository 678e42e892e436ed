import { expect, it } from 'vitest'
import { createShare } from './share-answers'

/** Answers what the state was when it was begun, when it is told to. */
function slowly() {
  let state = 0
  const waiting: (() => void)[] = []
  const begun: number[] = []
  const share = createShare<number>()
  return {
    begun,
    change: () => (state += 1),
    ask: (question = 'q') =>
      share(question, async () => {
        const read = state
        begun.push(read)
        await new Promise<void>((resolve) => waiting.push(resolve))
        return read
      }),
    tell: async () => {
      waiting.shift()?.()
      await new Promise((resolve) => setTimeout(resolve))
    },
  }
}

it('answers fifty who ask at once twice: the first, and all others', async () => {
  const { ask, tell, begun } = slowly()
  const answers = Promise.all(Array.from({ length: 50 }, () => ask()))
  await tell()
  await tell()
  expect((await answers).length).toBe(50)
  expect(begun).toHaveLength(2)
})

it('nobody is given what was begun before he asked', async () => {
  const { ask, tell, change } = slowly()
  const first = ask()
  change()
  const second = ask()
  await tell()
  change()
  const third = ask()
  await tell()
  await tell()
  expect(await Promise.all([first, second, third])).toEqual([0, 1, 2])
})

it('keeps nothing', async () => {
  const { ask, tell, begun } = slowly()
  const first = ask()
  await tell()
  await first
  const second = ask()
  await tell()
  await second
  expect(begun).toHaveLength(2)
})

it('holds up no other question', async () => {
  const { ask, begun } = slowly()
  void ask('a')
  void ask('b')
  expect(begun).toHaveLength(2)
})

it('an answer that fails is not the next one’s', async () => {
  const share = createShare<string>()
  const first = share('q', () => Promise.reject(new Error('no')))
  const second = share('q', () => Promise.resolve('yes'))
  await expect(first).rejects.toThrow('no')
  expect(await second).toBe('yes')
})
