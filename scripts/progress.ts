// One line per step, with its time when it took long enough to matter.

import { spent } from './time-spent'

export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now()
  process.stdout.write(`• ${title}\n`)
  const value = await work()
  const seconds = (Date.now() - start) / 1000
  if (seconds >= 1) process.stdout.write(`  done in ${seconds.toFixed(1)} s\n`)
  spent.push({ title, seconds, files: [] })
  return value
}

export const say = (text: string): void => void process.stdout.write(`${text}\n`)
