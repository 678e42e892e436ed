// A file that an operator named. What is named may be anything: a pipe without a writer holds one of the process's few threads for
// file access for good, and four of them stop all reading and writing of files.

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

export async function readRegularFile(path: string, maxBytes: number): Promise<string> {
  // Without O_NONBLOCK already the opening of a pipe waits.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const facts = await file.stat()
    if (!facts.isFile()) throw new Error(`${path} is no regular file`)
    if (facts.size > maxBytes) throw new Error(`${path} has ${facts.size} bytes, more than the ${maxBytes} of the largest key`)
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}
