// Kept captures by id. An id that is none, or whose file was pruned, is simply not there any more.

import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@/server/core/app-error'
import { captureFilePath } from '../capture/capture-file'
import type { CaptureStore } from './store'

export function createCaptureStore(dataDirectory: string): CaptureStore {
  const directory = join(dataDirectory, 'captures')
  return {
    find: async (id) => {
      const filePath = captureFilePath(directory, id)
      const facts = filePath === null ? null : await stat(filePath).catch(() => null)
      if (filePath === null || !facts) throw new AppError('not_found', 'This capture does not exist, or is no longer kept.')
      return { id, filePath, sizeBytes: facts.size }
    },
  }
}
