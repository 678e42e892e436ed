import { expect, it } from 'vitest'
import { withLock } from './lock'
import { sleep, waitFor } from './wait'

it('lets one in after the other, and frees the place when the work fails', async () => {
  const events: string[] = []
  const work = (who: string) => async () => {
    events.push(`${who} in`)
    await sleep(30)
    events.push(`${who} out`)
    if (who === 'first') throw new Error('broken')
  }
  const subject = `test ${process.pid}`
  const first = withLock(subject, work('first'))
  await waitFor('the first', () => events.length > 0 || undefined)
  const second = withLock(subject, work('second'))
  await expect(first).rejects.toThrow('broken')
  await second
  expect(events).toEqual(['first in', 'first out', 'second in', 'second out'])
})
