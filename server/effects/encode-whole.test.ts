import { expect, it } from 'vitest'
import { encodeWhole } from './encode-whole'

it('each piece is one piece of bytes', async () => {
  encodeWhole()
  const pieces = ['{"name":"größe"}\n', '"𝄞"\n']
  const source = new ReadableStream<string>({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(piece)
      controller.close()
    },
  })
  const reader = source.pipeThrough(new TextEncoderStream()).getReader()
  const read = [await reader.read(), await reader.read(), await reader.read()]
  expect(read.map(({ value }) => value && new TextDecoder().decode(value))).toEqual([...pieces, undefined])
})
